import { noiseVariance } from '../../src/shared/signals/dap-noise'
import { varianceOf } from '../../src/shared/signals/subset-estimate'
import type { SubsetDesign } from '../../src/shared/signals/subset-selection'
import { Z95 } from '../../src/shared/signals/z95'

/** Of 80 % power. */
const Z_POWER = 0.8416212335729143

/** How exactly a bucket's share of the browsers is known, all as shares. */
export type Precision = {
  /** Half of the 95 % interval of a bucket that next to nobody is in … */
  readonly rare: number
  /** … of one with an even part of all … */
  readonly even: number
  /** … and of one with half of them. */
  readonly half: number
  /**
   * The smallest change from `from` on, from one to the next, that is told from chance: 80 % power at a level of 5 %. Absent where there is
   * none within 1.
   */
  readonly change?: number
}

/** What privacy adds to the error: variance of a share that `reports` reports tell of. */
export type PrivacyNoise = (reports: number, share: number) => number

/** Each report is randomized on its device. */
export function localNoise(design: SubsetDesign): PrivacyNoise {
  return (reports, share) => varianceOf(design, reports, share * reports) / reports ** 2
}

/** The aggregators add noise to the sum of an epoch. @param sums epochs, each with noise of its own. */
export function dapNoise(microEpsilon: number, aggregators: 1 | 2, sums: number): PrivacyNoise {
  const variance = sums * noiseVariance({ microEpsilon, draws: aggregators })
  return (reports) => variance / reports ** 2
}

/** As if everybody told the truth. */
export const noNoise: PrivacyNoise = () => 0

/**
 * @param reports of each of the epochs, or groups, that are compared; above 0.
 * @param buckets how many share.
 * @param from share that a change begins at.
 */
export function precisionOf(noise: PrivacyNoise, reports: number, buckets: number, from: number): Precision {
  // As the collector publishes it: of the browsers that reported.
  const half = (share: number) => Z95 * Math.sqrt(noise(reports, share))
  const change = smallestChange(noise, reports, from)
  return { rare: half(0), even: half(1 / buckets), half: half(0.5), ...(change !== undefined && { change }) }
}

/** Two samples are of different people: their own chance counts, too. */
function varianceOfSample(noise: PrivacyNoise, reports: number, share: number): number {
  return noise(reports, share) + (share * (1 - share)) / reports
}

function smallestChange(noise: PrivacyNoise, reports: number, from: number): number | undefined {
  const isTold = (change: number) =>
    change >= (Z95 + Z_POWER) * Math.sqrt(varianceOfSample(noise, reports, from) + varianceOfSample(noise, reports, from + change))
  if (!isTold(1 - from)) return undefined
  // The error grows with the square root of the share at most: beyond the first change that is told, all are.
  let [least, most] = [0, 1 - from]
  for (let step = 0; step < 50; step++) {
    const middle = (least + most) / 2
    if (isTold(middle)) most = middle
    else least = middle
  }
  return most
}

/**
 * How many reports, of both variants together, tell two rates apart: 80 % power at a level of 5 %.
 * @param noise of the reports of one variant.
 */
export function reportsForChange(noise: PrivacyNoise, from: number, to: number): number {
  const error = (reports: number) => (Z95 + Z_POWER) ** 2 * (varianceOfSample(noise, reports, from) + varianceOfSample(noise, reports, to))
  let [least, most] = [1, 1e12]
  // Error falls as reports grow; halving ratios finds it to 1 in 10^12.
  for (let step = 0; step < 90; step++) {
    const middle = Math.sqrt(least * most)
    if (error(middle) > (to - from) ** 2) least = middle
    else most = middle
  }
  return 2 * most
}
