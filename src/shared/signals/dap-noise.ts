/** One visitor who answered otherwise changes two sums by one: libprio's Prio3Histogram counts so too (substitution). */
export const DAP_SENSITIVITY = 2
const CONFIDENCE = 0.95

/** How much noise lies in each sum. */
export type DapNoise = {
  /** Millionths of epsilon, whole, above 0. */
  readonly microEpsilon: number
  /** Of discrete Laplace noise, each with all of epsilon: 2 where each aggregator adds its own, so that neither has to trust the other. */
  readonly draws: 1 | 2
}

/** Variance of the noise in a sum. */
export function noiseVariance({ microEpsilon, draws }: DapNoise): number {
  const r = decayOf(microEpsilon)
  return (draws * 2 * r) / (1 - r) ** 2
}

/**
 * The least whole number that the noise in a sum exceeds less than 5 times in 100, from its exact distribution: by a normal one of the same variance a
 * single draw would be beyond 6 times in 100.
 */
export function noiseBound({ microEpsilon, draws }: DapNoise): number {
  const r = decayOf(microEpsilon)
  const one = (1 - r) / (1 + r)
  const chance = (z: number) => (draws === 1 ? one * r ** z : one * one * r ** z * (z + (1 + r * r) / (1 - r * r)))
  let bound = 0
  let within = chance(0)
  while (within < CONFIDENCE) within += 2 * chance(++bound)
  return bound
}

/** By which the chance of noise falls from one whole number to the next: e^(−ε / sensitivity). */
function decayOf(microEpsilon: number): number {
  return Math.exp(-microEpsilon / (DAP_SENSITIVITY * 1e6))
}
