/** How far counts are from what was expected of them. */
export type ChiSquared = { readonly statistic: number; readonly freedom: number; readonly chance: number }

/** Fewer expected than this are counted together: the distribution is only near to chi-squared where each cell has some. */
const LEAST_EXPECTED = 10

/**
 * Pearson's test. Cells of which few are expected are put together, in their order.
 *
 * @param counts [cells]
 * @param expected [cells] of the same sum, each above 0.
 * @returns `chance`: that counts are so far off or further if what is expected is true.
 * Source: Pearson 1900; the chance is Wilson and Hilferty's (PNAS 17, 1931), to about 1e-4 of freedom 3 and more.
 */
export function chiSquared(counts: ArrayLike<number>, expected: ArrayLike<number>): ChiSquared {
  let [statistic, freedom, count, hope] = [0, -1, 0, 0]
  for (let cell = 0; cell < counts.length; cell++) {
    count += counts[cell]!
    hope += expected[cell]!
    const isLast = cell === counts.length - 1
    if (hope < LEAST_EXPECTED && !isLast) continue
    statistic += hope > 0 ? (count - hope) ** 2 / hope : 0
    freedom++
    count = 0
    hope = 0
  }
  const spread = 2 / (9 * Math.max(1, freedom))
  const z = ((statistic / Math.max(1, freedom)) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread)
  return { statistic, freedom, chance: 1 - normalBelow(z) }
}

/** Of a standard normal, to 1e-7. Source: Abramowitz and Stegun 1964, 26.2.17. */
export function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z)
  const t = 1 / (1 + 0.2316419 * z)
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
