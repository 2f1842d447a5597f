import type { Interval } from './estimates'
import { chancesOf, type SubsetDesign } from './subset-selection'

/** Of 95 % confidence. */
const Z = 1.959963984540054

/**
 * Estimates how many of the browsers that reported are in each bucket.
 *
 * @param reports how many there were, whole, 0 or more.
 * @param counts [k] how many of them hold each bucket.
 * @returns [k] `value` is unbiased, so it may be below 0 or above `reports`; the interval holds the truth 95 times of 100: all numbers that a test
 * with the variance they would have does not refuse. Beyond 0 and `reports` it goes on with the variance there. Without reports all is 0.
 * Source: (c − n q) / (p − q), Ye and Barg 2018; the interval is Wilson's (JASA 22, 1927) for a sum of two binomials.
 */
export function estimateCounts(design: SubsetDesign, reports: number, counts: ArrayLike<number>): Interval[] {
  const { p, q } = chancesOf(design)
  return Array.from(counts, (count) => {
    const value = (count - reports * q) / (p - q)
    return { value, low: boundOf(design, reports, value, -Z), high: boundOf(design, reports, value, Z) }
  })
}

/**
 * Variance of an estimate, in full: the share of those who are in the bucket too.
 * @param trueCount how many of the reports are of browsers in the bucket; moved to the nearer end of 0 … `reports` where it lies outside.
 */
export function varianceOf(design: SubsetDesign, reports: number, trueCount: number): number {
  const { p, q } = chancesOf(design)
  const inside = Math.min(Math.max(trueCount, 0), reports)
  return (inside * p * (1 - p) + (reports - inside) * q * (1 - q)) / (p - q) ** 2
}

/** The number from which the estimate is `z` errors away, by the error at that number: found by halving, since the error is bent at the ends. */
function boundOf(design: SubsetDesign, reports: number, value: number, z: number): number {
  const far = z * Math.sqrt(reports * Math.max(varianceOf(design, 1, 0), varianceOf(design, 1, 1)))
  let [near, beyond] = [value, value + far]
  for (let step = 0; step < 50; step++) {
    const middle = (near + beyond) / 2
    if (Math.abs(middle - value) < Math.abs(z) * Math.sqrt(varianceOf(design, reports, middle))) near = middle
    else beyond = middle
  }
  return (near + beyond) / 2
}
