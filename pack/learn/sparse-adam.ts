const DECAY1 = 0.9
const DECAY2 = 0.999
const EPSILON = 1e-8

/**
 * A table of vectors under training: only rows that a step has touched are moved, so that a step costs what it touches, not the size of the table.
 * Source: Kingma and Ba, Adam (ICLR 2015), algorithm 1; departs from it in that the moments of an untouched row stand still.
 */
export class SparseAdam {
  /** [rows, dim] row-major. Add to it at the place that `touch` gives; zeros after a step. */
  readonly gradient: Float32Array
  readonly #first: Float32Array
  readonly #second: Float32Array
  readonly #isTouched: Uint8Array
  readonly #touched: Int32Array
  #touchedCount = 0
  #steps = 0

  /** @param values [rows, dim] row-major, moved in place. */
  constructor(
    readonly values: Float32Array,
    readonly dim: number,
  ) {
    this.gradient = new Float32Array(values.length)
    this.#first = new Float32Array(values.length)
    this.#second = new Float32Array(values.length)
    this.#isTouched = new Uint8Array(values.length / dim)
    this.#touched = new Int32Array(values.length / dim)
  }

  /** Says that a row has a gradient in this step. @returns where the row begins in `values` and `gradient`. */
  touch(row: number): number {
    if (!this.#isTouched[row]) {
      this.#isTouched[row] = 1
      this.#touched[this.#touchedCount++] = row
    }
    return row * this.dim
  }

  /** Moves the touched rows against their gradient. @param rate about how far a value moves, above 0. */
  step(rate: number): void {
    const { values, gradient, dim } = this
    const first = this.#first
    const second = this.#second
    this.#steps++
    const scale = rate / (1 - DECAY1 ** this.#steps)
    const unbias = 1 / (1 - DECAY2 ** this.#steps)
    for (let index = 0; index < this.#touchedCount; index++) {
      const row = this.#touched[index]!
      this.#isTouched[row] = 0
      for (let at = row * dim, end = at + dim; at < end; at++) {
        const slope = gradient[at]!
        gradient[at] = 0
        const mean = DECAY1 * first[at]! + (1 - DECAY1) * slope
        const square = DECAY2 * second[at]! + (1 - DECAY2) * slope * slope
        first[at] = mean
        second[at] = square
        values[at]! -= (scale * mean) / (Math.sqrt(square * unbias) + EPSILON)
      }
    }
    this.#touchedCount = 0
  }
}
