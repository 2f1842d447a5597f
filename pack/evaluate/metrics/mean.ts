/** A mean with its standard error: by how much it varies from sample to sample. */
export type Estimate = { readonly mean: number; readonly error: number }

/** Sums up values to their mean. */
export class Mean {
  #count = 0
  #mean = 0
  #squares = 0

  /** Values that are no number are left out. */
  add(value: number): void {
    if (Number.isNaN(value)) return
    this.#count++
    const step = value - this.#mean
    this.#mean += step / this.#count
    this.#squares += step * (value - this.#mean)
  }

  /** Of one value the error is 0, of none both are NaN. Source: Welford (Technometrics 1962). */
  estimate(): Estimate {
    if (this.#count === 0) return { mean: Number.NaN, error: Number.NaN }
    const variance = this.#count > 1 ? this.#squares / (this.#count - 1) : 0
    return { mean: this.#mean, error: Math.sqrt(variance / this.#count) }
  }
}
