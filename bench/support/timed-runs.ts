/** Timers of workers tick at 0.005 to 0.1 ms: one sample lasts many ticks. */
export const SAMPLE_MS = 2
/** What takes as long reads more than a cache holds: no run before it makes a difference. */
const LONG_MS = 100

/** How often to repeat, and what one run took; known from the sample before. */
export type Pace = { readonly repeats: number; readonly ms: number }

/**
 * Runs something as often as it takes to be timed well, once untimed before that: what ran in between has cooled the caches.
 * @param before of the same thing; its repeats are doubled until a sample lasts `SAMPLE_MS`.
 * @returns milliseconds a run, and the repeats that were enough.
 */
export async function timedRuns(run: () => unknown, before: Pace = { repeats: 1, ms: 0 }): Promise<Pace> {
  let isAsync = false
  if (before.repeats > 1 || before.ms < LONG_MS) {
    const first = run()
    isAsync = first instanceof Promise
    await first
  }
  for (let repeats = before.repeats; ; repeats *= 2) {
    const started = performance.now()
    // What is synchronous must not wait for a promise that it does not make.
    if (isAsync || repeats === 1) for (let at = 0; at < repeats; at++) await run()
    else for (let at = 0; at < repeats; at++) run()
    const ms = performance.now() - started
    if (ms >= SAMPLE_MS) return { ms: ms / repeats, repeats }
  }
}
