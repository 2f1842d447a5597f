import { subsetDesign } from '../../src/shared/signals/subset-selection'
import { dapNoise, localNoise, noNoise, type PrivacyNoise, reportsForChange } from './precision'

/** Reports, of two variants together, that tell one rate from another: 80 % power at a level of 5 %. */
export type ExperimentSize = {
  readonly from: number
  readonly to: number
  readonly epsilon: number
  /** As if everybody told the truth. */
  readonly withoutPrivacy: number
  /** The variant in clear, the outcome as one randomized bit: what `experiment` does. */
  readonly oneBit: number
  /** Variant and outcome in one randomized answer, as a histogram would have them. */
  readonly hidden: number
  /** Two operators, each with noise of its own on the sums. */
  readonly dap: number
}

/** None, two variants with and without the outcome, other: what a histogram of both would hold. */
const HIDDEN_BUCKETS = 6

/** @param microEpsilon of one report. */
export function experimentSize(from: number, to: number, microEpsilon: number): ExperimentSize {
  const hidden = localNoise(subsetDesign(HIDDEN_BUCKETS, microEpsilon))
  return {
    from,
    to,
    epsilon: microEpsilon / 1e6,
    withoutPrivacy: reportsForChange(noNoise, from, to),
    oneBit: reportsForChange(localNoise(subsetDesign(2, microEpsilon)), from, to),
    hidden: reportsForChange(halved(hidden), from, to),
    dap: reportsForChange(dapNoise(microEpsilon, 2, 1), from, to),
  }
}

/**
 * Where the variant is hidden, both buckets are read from all reports: of twice as many as one variant has, and each holds half of a rate.
 * Their errors are taken as independent, as whoever compares two published intervals takes them; in truth buckets of one report are in each
 * other's way, which makes it a fifth more.
 */
function halved(noise: PrivacyNoise): PrivacyNoise {
  return (reports, share) => {
    const all = 2 * reports
    const half = share / 2
    const ofHalf = noise(all, half) + (half * (1 - half)) / all
    return 4 * ofHalf - (share * (1 - share)) / reports
  }
}
