import { type Pace, timedRuns } from './timed-runs'

/** One thing that is measured. Where `run` returns a promise, the time until it resolves counts. */
export type Task = {
  run(): unknown
  /** What `run` finds, to be checked before it is timed: plain data. */
  answer(): unknown
}

/** What an entrant can do once it is prepared. */
export type Prepared = {
  readonly tasks: Readonly<Record<string, Task>>
  /** What is to be known of it: plain data. */
  readonly about?: Readonly<Record<string, unknown>>
  /** Given to all who are prepared later. */
  readonly shared?: unknown
}

type Message = { readonly id: number; readonly command: string; readonly argument: unknown; readonly shared: unknown }

/**
 * Makes this worker an entrant of a contest: `prepare` builds it, `answer` tells what a task finds, `sample` times it, `repeat` runs it
 * as often as said and times nothing.
 */
export function serveEntrant(prepare: (argument: unknown, shared: unknown) => Promise<Prepared>): void {
  let tasks: Readonly<Record<string, Task>> = {}
  const paces = new Map<string, Pace>()
  const taskOf = (name: string): Task => {
    const task = tasks[name]
    if (!task) throw new Error(`there is no task ${name}; there are: ${Object.keys(tasks).join(', ')}`)
    return task
  }

  async function answer({ command, argument, shared }: Message): Promise<{ readonly result: unknown; readonly shared?: unknown }> {
    switch (command) {
      case 'prepare': {
        const started = performance.now()
        const prepared = await prepare(argument, shared)
        tasks = prepared.tasks
        paces.clear()
        const result = { buildMs: performance.now() - started, tasks: Object.keys(tasks), about: prepared.about ?? {} }
        return { result, shared: prepared.shared }
      }
      case 'answer':
        return { result: await taskOf(String(argument)).answer() }
      case 'sample': {
        const name = String(argument)
        const pace = await timedRuns(taskOf(name).run, paces.get(name))
        paces.set(name, pace)
        return { result: pace.ms }
      }
      case 'repeat': {
        const { task, times } = argument as { task: string; times: number } // contest.ts sends just that
        const { run } = taskOf(task)
        for (let at = 0; at < times; at++) {
          const running = run()
          if (running instanceof Promise) await running
        }
        return { result: times }
      }
      default:
        throw new Error(`there is no command ${command}`)
    }
  }

  addEventListener('message', ({ data }: MessageEvent<Message>) => {
    answer(data).then(
      (found) => postMessage({ id: data.id, ...found }),
      (thrown) => postMessage({ id: data.id, failure: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
  })
}
