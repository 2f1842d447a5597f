import type { Clock } from '../../worker/compute/calibration/time-query'

/** A clock that only moves when something is said to cost time, and ticks as coarsely as a browser's does. */
export class FakeClock implements Clock {
  /** Milliseconds of work between two pauses, one a slice. */
  readonly slices: number[] = []
  #time = 1000
  #sliceStart = this.#time
  readonly #tickMs: number

  constructor(tickMs = 0.1) {
    this.#tickMs = tickMs
  }

  readonly elapsed = (): number => Math.floor(this.#time / this.#tickMs) * this.#tickMs

  /** A later task: four milliseconds, as nested timeouts have it. */
  readonly pause = async (): Promise<void> => {
    this.#endSlice()
    this.#time += 4
    this.#sliceStart = this.#time
  }

  /** Something took so long. */
  spend(ms: number): void {
    this.#time += ms
  }

  /** All work so far. */
  get workMs(): number {
    this.#endSlice()
    return this.slices.reduce((sum, ms) => sum + ms, 0)
  }

  #endSlice(): void {
    const ms = this.#time - this.#sliceStart
    if (ms > 0) this.slices.push(ms)
    this.#sliceStart = this.#time
  }
}
