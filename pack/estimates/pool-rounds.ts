import type { Round } from './published-signals'

/** After so many epochs what was counted is worth half. */
const HALF_LIFE_EPOCHS = 4

/** Several epochs as one. */
export type Pooled = {
  readonly values: Float64Array
  /** What those who were not asked, and the next week, would differ by is in it (a count's own variance), beside the noise of privacy. */
  readonly variances: Float64Array
}

/** Counts of several epochs together, later ones for more. @param rounds latest first, at least one, of the same names. */
export function poolCounts(rounds: readonly Round[]): Pooled {
  const values = new Float64Array(rounds[0]!.values.length)
  const variances = new Float64Array(values.length)
  for (const round of rounds) {
    const worth = worthOf(round, rounds[0]!)
    for (let at = 0; at < values.length; at++) {
      values[at]! += worth * round.values[at]!
      variances[at]! += worth ** 2 * (round.variances[at]! + Math.max(1, round.values[at]!))
    }
  }
  return { values, variances }
}

/** Means of several epochs together, by their reports, later ones for more. @param rounds latest first, at least one, of the same names. */
export function poolMeans(rounds: readonly Round[]): Pooled {
  const values = new Float64Array(rounds[0]!.values.length)
  const variances = new Float64Array(values.length)
  const worths = rounds.map((round) => round.reports * worthOf(round, rounds[0]!))
  const total = worths.reduce((sum, worth) => sum + worth, 0)
  for (const [number, round] of rounds.entries()) {
    const share = total > 0 ? worths[number]! / total : 1 / rounds.length
    for (let at = 0; at < values.length; at++) {
      values[at]! += share * round.values[at]!
      variances[at]! += share ** 2 * round.variances[at]!
    }
  }
  return { values, variances }
}

function worthOf({ epoch }: Round, latest: Round): number {
  return 0.5 ** ((latest.epoch - epoch) / HALF_LIFE_EPOCHS)
}
