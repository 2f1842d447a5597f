/** The largest difference, in units of 1 + the size of what is expected; infinite where lengths differ or a value is no number. */
export function distance(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  let worst = 0
  for (const [at, value] of found.entries()) {
    const difference = Math.abs(value - expected[at]!) / (1 + Math.abs(expected[at]!))
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
  }
  return worst
}
