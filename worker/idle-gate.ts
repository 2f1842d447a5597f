/** A visitor's next request often follows the last one at once: only after this long without any does the engine call itself idle. */
const QUIET_MS = 100

/** Tells work that can wait (streaming, saving, revalidating) when nobody waits for an answer. Workers have no `requestIdleCallback`. */
export class IdleGate {
  #busy = 0
  #lastLeft = 0
  readonly #elapsed: () => number

  /** @param elapsed milliseconds of a clock that is never set back. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
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

  /** Resolves once nothing was under way for a while. */
  async whenIdle(): Promise<void> {
    do {
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    } while (this.#busy > 0 || this.#elapsed() - this.#lastLeft < QUIET_MS)
  }
}
