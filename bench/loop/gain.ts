import { Mean } from '../../pack/evaluate/metrics/mean'

/** What something is worth, and how much more than something else. */
export type Gain = {
  readonly ndcg: number
  /** Over what it is compared with, on the same questions. */
  readonly gain: number
  /** One standard error of the gain: questions vary, and where there is noise, so does it from run to run. */
  readonly error: number
}

/**
 * Compares answers to the same questions.
 * @param runs of the noise, each [cases]; at least one.
 * @param base [cases]
 */
export function gainOver(runs: readonly Float64Array[], base: Float64Array): Gain {
  const cases = new Mean()
  const noise = new Mean()
  const differences = base.map((value, at) => runs.reduce((sum, run) => sum + run[at]!, 0) / runs.length - value)
  for (const difference of differences) cases.add(difference)
  for (const run of runs) noise.add(meanOf(run))
  const { mean: gain, error } = cases.estimate()
  return { ndcg: meanOf(base) + gain, gain, error: Math.hypot(error, noise.estimate().error) }
}

/** @param values at least one. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
