import { spreadBeyondNoise } from './spread-beyond-noise'

/** Estimates of one kind, and what one would expect of them without looking. */
export type Measurements = {
  /** [n] unbiased; may be below 0. */
  readonly values: ArrayLike<number>
  /** [n] of the values' noise, above 0. */
  readonly variances: ArrayLike<number>
  /** [n] in any unit, above 0: only their proportions count. */
  readonly expected: ArrayLike<number>
}

/** What may be believed of estimates. */
export type Shrunk = {
  /** [n] in the unit of `expected`, at least 0. */
  readonly believed: Float64Array
  /** What one unit of `expected` is in that of the values; 0 where all of them together are no more than noise. */
  readonly scale: number
  /** Whether they say more than was expected. Where they do not, `believed` is `expected`. */
  readonly isBeyondNoise: boolean
}

/** Standard errors that a total must be above 0. */
const CLEARLY = 2

/**
 * Shrinks estimates toward what is expected, each by its own noise: what is true of one is drawn around what is expected of it, its variance in
 * proportion to that, as with counts that vary more than Poisson's, and the value around the truth by the noise. How far truths depart is taken
 * from the values themselves, so that noise alone moves nothing.
 * Source: Fay and Herriot, Estimates of income for small places, JASA 74 (1979): an empirical Bayes estimator of James and Stein's kind, with
 * the ratio estimator for the scale in place of a regression.
 * @param measurements none: nothing is beyond noise.
 */
export function shrink({ values, variances, expected }: Measurements): Shrunk {
  const known = Float64Array.from(expected)
  const total = sum(values)
  const scale = total / sum(known)
  // A total that noise could have made says nothing of its parts.
  if (!(total > CLEARLY * Math.sqrt(sum(variances)))) return { believed: known, scale: 0, isBeyondNoise: false }
  const centres = known.map((one) => one * scale)
  const from = centres.map((centre, at) => values[at]! - centre)
  const spread = spreadBeyondNoise({ from, variances, proportions: centres, fitted: 1 })
  if (spread === 0) return { believed: known, scale, isBeyondNoise: false }
  const believed = centres.map((centre, at) => {
    const own = spread * centre
    return Math.max(0, centre + (own / (own + variances[at]!)) * from[at]!) / scale
  })
  return { believed, scale, isBeyondNoise: true }
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at]!
  return total
}
