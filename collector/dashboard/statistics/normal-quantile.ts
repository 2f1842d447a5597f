/**
 * How many standard errors to either side hold the truth with a given confidence, for a normal distribution.
 *
 * @param confidence above 0 and below 1. @returns right to within 5e-4.
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.23
 */
export function standardErrors(confidence: number): number {
  const t = Math.sqrt(-2 * Math.log((1 - confidence) / 2))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return t - above / below
}

/**
 * The confidence that each of several comparisons needs so that with 95 % none of them calls a change that is none (Bonferroni).
 *
 * @param comparisons at least 1.
 */
export function bonferroni(comparisons: number): number {
  return 1 - 0.05 / comparisons
}
