import { serve } from '../../test/support/built-server'
import { bundleWorkers } from './bundle-workers'
import { startVisitor } from './visitor'
import { attachToWorkers, type WorkerSessions } from './worker-sessions'

const PAGE = '<!doctype html><title>A contest</title><script type="module" src="/support/contest-page.js"></script>'
/** What makes a page cross-origin isolated: finer timers, shared memory, and with it the threads of those who have them. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
}
/** Nobody is waited for any longer. */
const ASK_LIMIT_MS = 60_000

export type Entered = {
  readonly buildMs: number
  readonly tasks: readonly string[]
  readonly about: Readonly<Record<string, unknown>>
}

/** Workers of one isolated page, each an entrant (`entrant.ts`) that is measured in turn. */
export type Contest = {
  readonly browser: string
  /**
   * Starts a worker and prepares it.
   * @param kind which of the bundled workers.
   * @throws Error of the worker, or when it is not ready within the limit; it is ended then.
   */
  enter(name: string, kind: string, argument: unknown, limitMs?: number): Promise<Entered>
  /** What a task finds. */
  answer<T>(name: string, task: string): Promise<T>
  /** Milliseconds a run. */
  sample(name: string, task: string): Promise<number>
  /** Runs a task untimed. */
  repeat(name: string, task: string, times: number): Promise<void>
  leave(name: string): Promise<void>
  readonly heaps: WorkerSessions
}

export type ContestOptions = {
  /** Sources of workers by name. */
  readonly workers: Readonly<Record<string, string>>
  /** Folders that workers load from; see `serve`. */
  readonly roots?: Readonly<Record<string, string>>
  /** Files that are on no disk, by address; see `serve`. */
  readonly pages?: Readonly<Record<string, string | Uint8Array>>
}

/** Bundles the workers, opens the page, runs `work` and closes everything. */
export async function holdContest<T>(
  { workers, roots = {}, pages = {} }: ContestOptions,
  work: (contest: Contest) => Promise<T>,
): Promise<T> {
  const server = await serve({
    roots: { ...roots, '/support/': import.meta.dirname },
    pages: { ...pages, '/': PAGE, ...(await bundleWorkers(workers)) },
    headers: ISOLATED,
  })
  const visitor = await startVisitor(`${server.origin}/`, { gpu: 'any' })
  try {
    return await visitor.visit(async (page, context) => {
      if (!(await page.evaluate('crossOriginIsolated')))
        throw new Error('the page is not cross-origin isolated: timers would be too coarse')
      const heaps = await attachToWorkers(page, context)
      const ask = <R>(name: string, command: string, argument: unknown, limitMs = ASK_LIMIT_MS) =>
        page.evaluate<R>(`contest.ask(${[name, command, argument ?? null, limitMs].map((value) => JSON.stringify(value)).join(', ')})`)
      const leave = (name: string) => page.evaluate<void>(`contest.leave(${JSON.stringify(name)})`)
      return work({
        browser: visitor.browser,
        heaps,
        leave,
        async enter(name, kind, argument, limitMs) {
          await page.evaluate(`contest.enter(${JSON.stringify(name)}, ${JSON.stringify(`/workers/${kind}.js`)})`)
          try {
            return await ask<Entered>(name, 'prepare', argument, limitMs)
          } catch (thrown) {
            await leave(name)
            throw thrown
          }
        },
        answer: (name, task) => ask(name, 'answer', task),
        sample: (name, task) => ask(name, 'sample', task),
        repeat: (name, task, times) => ask(name, 'repeat', { task, times }),
      })
    })
  } finally {
    await visitor.close()
    await server.close()
  }
}
