import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The command as people run it, from its sources, in a process of its own. */
export type CollectorProcess = {
  readonly port: number
  readonly pid: number
  /** All that it printed. */
  readonly said: () => string
  /** Ends it at once, wherever it is. */
  readonly kill: () => Promise<void>
  /** Asks it to end. @returns the exit code. */
  readonly end: () => Promise<number | null>
}

/**
 * Starts `sotto-collector` on a free port.
 * @param options `killAfterMs`: kills it that long after it was started, listening or not.
 * @throws Error with what it said, where it ends before it listens; not where it was killed: then the port is 0.
 */
export async function startCollector(args: readonly string[], options: { readonly killAfterMs?: number } = {}): Promise<CollectorProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'collector/cli.ts', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PORT: '', HOST: '' },
  })
  // A test that gives up leaves nothing running.
  process.once('exit', () => child.kill('SIGKILL'))
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += String(text)
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const { killAfterMs } = options
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)
      if (found) resolve(Number(found[1]))
    })
    ended.then(() => (killAfterMs === undefined ? reject(new Error(`the collector ended; it said:\n${said}`)) : resolve(0)))
  })
  const signal = async (name: NodeJS.Signals) => {
    child.kill(name)
    return ended
  }
  return {
    port,
    pid: pidOf(child),
    said: () => said,
    kill: async () => {
      await signal('SIGKILL')
    },
    end: () => signal('SIGTERM'),
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the collector did not start')
  return child.pid
}
