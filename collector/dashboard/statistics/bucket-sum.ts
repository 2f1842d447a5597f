import { microEpsilon } from '../../../src/shared/signals/privacy-budget'
import { chancesOf, subsetDesign } from '../../../src/shared/signals/subset-selection'
import type { Estimate } from './estimate'

/** What a group of reports says, as far as sums of its buckets need it. */
export type Counts = {
  /** Of one report. */
  readonly epsilon: number
  readonly reports: number
  /** [k] how many of the browsers that reported are estimated to be in each bucket; may be below 0. */
  readonly values: readonly number[]
  /** [k] squares of the error of each, where noise was added to the sums, to each for itself. Absent where every report was randomized. */
  readonly noises?: readonly number[]
}

/**
 * A weighted sum of shares of buckets, with its variance. Buckets of one report are not independent (it always names d of them), so errors of
 * single buckets cannot be added: with B_j telling whether a report of truth v names bucket j, the variance of Σ w_j B_j follows from
 * P(B_v) = p, P(B_j) = q, P(B_v B_j) = p (d − 1) / (k − 1) and P(B_i B_j) = p (d − 1)(d − 2) / (k − 1)(k − 2) + (1 − p) d (d − 1) / (k − 1)(k − 2).
 *
 * @param weights [k] 1 for what is counted, 0 for what is not; differences and rates take others.
 * @see Ye and Barg 2018, section IV, for p and q
 */
export function bucketSum(counts: Counts, weights: readonly number[]): Estimate {
  const { reports, values, noises } = counts
  const shares = sharesOf(values)
  const mean = weighted(shares, weights)
  const squares = weights.map((weight) => weight ** 2)
  return {
    value: weighted(values, weights) / reports,
    noise: noises ? weighted(noises, squares) / reports ** 2 : reportNoise(counts, shares, weights),
    chance: (weighted(shares, squares) - mean ** 2) / reports,
  }
}

/** Of reports that were each randomized by subset selection, see `bucketSum`. @param shares [k] */
function reportNoise({ epsilon, reports, values }: Counts, shares: readonly number[], weights: readonly number[]): number {
  const k = values.length
  const design = subsetDesign(k, microEpsilon(epsilon))
  const { p, q } = chancesOf(design)
  const { d } = design
  const withTruth = (p * (d - 1)) / (k - 1)
  const others = k > 2 ? (withTruth * (d - 2) + (((1 - p) * d) / (k - 1)) * (d - 1)) / (k - 2) : 0
  const sum = total(weights)
  const squares = total(weights.map((weight) => weight ** 2))
  const variance = (own: number) => {
    const rest = sum - own
    const restSquares = squares - own ** 2
    const mean = p * own + q * rest
    return p * own ** 2 + q * restSquares + 2 * own * withTruth * rest + others * (rest ** 2 - restSquares) - mean ** 2
  }
  return weighted(shares, weights.map(variance)) / (p - q) ** 2 / reports
}

/**
 * A share of a share, e.g. of those that saw a shelf the ones that clicked.
 *
 * @param part weights of what is counted, all within `whole`.
 * @returns the error by the delta method; `undefined` where the whole may be nobody (its own interval of 95 % holds 0).
 */
export function bucketRate(counts: Counts, part: readonly number[], whole: readonly number[]): Estimate | undefined {
  const base = bucketSum(counts, whole)
  if (base.value <= 2 * Math.sqrt(base.noise)) return undefined
  const value = bucketSum(counts, part).value / base.value
  const { noise, chance } = bucketSum(
    counts,
    part.map((weight, at) => weight - value * whole[at]!),
  )
  return { value, noise: noise / base.value ** 2, chance: chance / base.value ** 2 }
}

/** Estimates as shares that could be: none below 0, all together 1. */
function sharesOf(values: readonly number[]): readonly number[] {
  const possible = values.map((value) => Math.max(0, value))
  const all = total(possible)
  return possible.map((value) => (all > 0 ? value / all : 1 / values.length))
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  return total(values.map((value, at) => value * weights[at]!))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
