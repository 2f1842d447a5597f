import type { Interval } from './estimates'
import { exactBounds } from './exact-bounds'
import { chancesOf, type SubsetDesign } from './subset-selection'
import { Z95 } from './z95'

/** The chance beyond an interval of 95 %, on either side. */
const BEYOND = 0.025
/** Variance of a count below which it is too lumpy for a normal distribution: the exact one is looked at. */
const FEW = 10
/** Of the dither, which is uniform over one count. */
const DITHER_VARIANCE = 1 / 12

/**
 * Estimates how many of the browsers that reported are in each bucket.
 *
 * The interval holds all numbers that the count does not refute: by the variance it would have with them (Wilson's interval, for a sum of two
 * binomials), and where counts are few by their exact distribution. Counts are whole, so that no fixed interval of few of them covers the truth
 * 95 times of 100: with `dither`, which moves each by less than one, it does so to 1 in 100, from 50 reports on. Without it, a single truth among
 * few reports may be covered 91 or 99 times.
 *
 * @param reports how many there were, whole, 0 or more.
 * @param counts [k] how many of them hold each bucket, whole.
 * @param dither uniform in [0, 1), for what is published once; default: always in the middle, the same interval for the same counts.
 * @returns [k] `value` is unbiased, so it may be below 0 or above `reports`, and then bounds may be too. Without reports all is 0.
 * Source: (c − n q) / (p − q), Ye and Barg 2018; Wilson, JASA 22, 1927; Stevens: Fiducial limits of the parameter of a discontinuous
 * distribution, Biometrika 37, 1950.
 */
export function estimateCounts(
  design: SubsetDesign,
  reports: number,
  counts: ArrayLike<number>,
  dither: () => number = () => 0.5,
): Interval[] {
  const { p, q } = chancesOf(design)
  return Array.from(counts, (count) => {
    if (reports === 0) return { value: 0, low: 0, high: 0 }
    const value = (count - reports * q) / (p - q)
    const moved = dither()
    const centre = value + (moved - 0.5) / (p - q)
    const [low, high] = [scoreBound(design, reports, centre, -Z95), scoreBound(design, reports, centre, Z95)]
    if (varianceOf(design, reports, value) * (p - q) ** 2 >= FEW) return { value, low, high }
    const exact = exactBounds(design, reports, count, moved, BEYOND)
    return {
      value,
      low: Math.min(value, exact.low > 0 ? exact.low : Math.min(low, 0)),
      high: Math.max(value, exact.high < reports ? exact.high : Math.max(high, reports)),
    }
  })
}

/**
 * Variance of an estimate, in full: of those in the bucket as of all others.
 * @param trueCount how many of the reports are of browsers in the bucket; moved to the nearer end of 0 … `reports` where it lies outside.
 */
export function varianceOf(design: SubsetDesign, reports: number, trueCount: number): number {
  const { p, q } = chancesOf(design)
  const inside = Math.min(Math.max(trueCount, 0), reports)
  return (inside * p * (1 - p) + (reports - inside) * q * (1 - q)) / (p - q) ** 2
}

/** The number from which `centre` is `z` errors away, by the error at that number; beyond 0 and `reports` the error stays as it is there. */
function scoreBound(design: SubsetDesign, reports: number, centre: number, z: number): number {
  const { p, q } = chancesOf(design)
  const atNone = varianceOf(design, reports, 0) + DITHER_VARIANCE / (p - q) ** 2
  const each = varianceOf(design, 1, 1) - varianceOf(design, 1, 0)
  // (x − centre)² = z² (atNone + x each)
  const half = (z * z * each) / 2
  const x = centre + half + Math.sign(z) * Math.sqrt(Math.max(0, half * half + z * z * (atNone + centre * each)))
  return centre + z * Math.sqrt(atNone + Math.min(Math.max(x, 0), reports) * each)
}
