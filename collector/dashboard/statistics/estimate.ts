import type { Interval } from '../../../src/shared/signals/estimates'
import { Z95 } from '../../../src/shared/signals/z95'

/** A number read off randomized reports, and what it may be wrong by, in squares of its own unit. */
export type Estimate = {
  /** Unbiased: a share may come out below 0 or above 1. */
  readonly value: number
  /** From the randomization of the reports. */
  readonly noise: number
  /** From who happened to answer, if all that might have answered are meant. */
  readonly chance: number
}

/**
 * Where the truth lies 95 times of 100, for the browsers that came back.
 *
 * @param coverage share of them that were asked, 0 to 1: of those that were, who answered is no matter of chance, so that at 1 only the
 * randomization counts (the finite population correction; Cochran, Sampling Techniques, section 2.6).
 */
export function intervalOf({ value, noise, chance }: Estimate, coverage: number): Interval {
  const half = Z95 * Math.sqrt(noise + (1 - coverage) * chance)
  return { value, low: value - half, high: value + half }
}

/**
 * A published share for all browsers that came back, of which only some were asked: each side grows by the play of chance in who was.
 *
 * @param interval of those that reported. @param chance see `Estimate`. @param coverage see `intervalOf`.
 */
export function widened({ value, low, high }: Interval, chance: number, coverage: number): Interval {
  const more = (1 - coverage) * chance * Z95 ** 2
  return { value, low: value - Math.sqrt((value - low) ** 2 + more), high: value + Math.sqrt((high - value) ** 2 + more) }
}

/** Reads an estimate off a published interval of 95 %, which counts everything as noise. */
export function estimateFrom({ value, low, high }: Interval): Estimate {
  return { value, noise: ((high - low) / 2 / Z95) ** 2, chance: 0 }
}
