import type { RandomIntegers } from '../../../src/shared/signals/random-integers'

const STEPS = 2 ** 32

/**
 * Rounds a share to 0 or 1 by chance, so that it is right on average, by whole numbers alone: an exact multiple of 2^-32 is drawn, the
 * nearest to `share`.
 * Source: Ding, Kulkarni and Yekhanin, Collecting telemetry data privately, NeurIPS 2017, section 2, where it is part of the one
 * randomizer; here the answer is randomized afterwards.
 * @param share clipped to [0, 1]; NaN counts as 0.
 */
export function drawRounded(share: number, random: RandomIntegers): number {
  const threshold = Math.round(Math.min(Math.max(share, 0), 1) * STEPS)
  return Number(random.below(STEPS) < threshold)
}
