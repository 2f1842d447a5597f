/** Standard errors by which the departures must be more than noise makes of them: of noise alone it is so less than once in a hundred times. */
const CLEARLY = 3
const MOST_ROUNDS = 50

/** Departures of estimates from what was expected of them. */
export type Departures = {
  /** [n] of the values from their expectations. */
  readonly from: Float64Array
  /** [n] of the noise, above 0. */
  readonly variances: ArrayLike<number>
  /** [n] what a truth's own variance is in proportion to, above 0. */
  readonly proportions: ArrayLike<number>
  /** Numbers that were fitted to the values before. */
  readonly fitted: number
}

/**
 * How far truths depart from what is expected of them, taken from estimates: the spread at which the squares are as great as they should be.
 * Source: Paule and Mandel, Consensus values and weighting factors, J. Res. NBS 87 (1982); the test is Cochran's Q (Biometrics 10, 1954).
 * @returns times `proportions` it is the truths' variance; 0 where noise alone could have made the departures.
 */
export function spreadBeyondNoise(departures: Departures): number {
  const freedom = departures.from.length - departures.fitted
  // Of noise alone each square over its variance is 1 on average, with a variance of 2.
  if (!(freedom > 0 && squaresOf(departures, 0) > freedom + CLEARLY * Math.sqrt(2 * freedom))) return 0
  let low = 0
  let high = 1
  while (squaresOf(departures, high) > freedom) high *= 2
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const middle = (low + high) / 2
    if (squaresOf(departures, middle) > freedom) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function squaresOf({ from, variances, proportions }: Departures, spread: number): number {
  return from.reduce((total, away, at) => total + away ** 2 / (variances[at]! + spread * proportions[at]!), 0)
}
