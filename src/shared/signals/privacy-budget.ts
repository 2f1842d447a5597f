/** Budgets are counted in whole millionths: sums of them are exact. */
export const MICRO = 1_000_000

/** What all metrics and all plans together may cost a visitor. */
export const EPOCH_BUDGET = 2 * MICRO
export const YEAR_BUDGET = 8 * MICRO
/** A rolling year, in epochs: the current one and the 52 before it, so that never less than 364 days count. */
export const YEAR_EPOCHS = 53

/** Millionths, rounded up: what is charged is never less than what is spent. @param epsilon finite, above 0. */
export function microEpsilon(epsilon: number): number {
  return Math.ceil(epsilon * MICRO - 1e-6)
}
