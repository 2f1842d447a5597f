/** A visitor's next request often follows the last one at once: only after this long without any does the engine call itself idle. */
const QUIET_MS = 100
/** A page that tracks all the time must still get the rest of its catalog: after this long, work that waits takes its turn anyway. */
const LONGEST_WAIT_MS = 2_000

/** Tells work that can wait (streaming, saving, revalidating) when nobody waits for an answer. Workers have no `requestIdleCallback`. */
export class IdleGate {
  #busy = 0
  #lastLeft = 0
  readonly #elapsed: () => number
  readonly #sleep: (ms: number) => Promise<void>

  /** @param elapsed milliseconds of a clock that is never set back. */
  constructor(elapsed: () => number, sleep: (ms: number) => Promise<void>) {
    this.#elapsed = elapsed
    this.#sleep = sleep
  }

  /** Counts as busy while `work` is under way. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++
    try {
      return await work()
    } finally {
      this.#busy--
      this.#lastLeft = this.#elapsed()
    }
  }

  /** Resolves once nothing was under way for a while, or after two seconds. */
  async whenIdle(): Promise<void> {
    const latest = this.#elapsed() + LONGEST_WAIT_MS
    do await this.#sleep(QUIET_MS)
    while (this.#elapsed() < latest && (this.#busy > 0 || this.#elapsed() - this.#lastLeft < QUIET_MS))
  }
}
