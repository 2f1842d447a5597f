import { bucketsOf, groupsOf, type Metric, microEpsilon, type SignalPlan, type SubsetDesign, subsetDesign, titleOf } from 'sotto/signals'
import { type BucketWeights, bucketWeights } from './bucket-weights'
import type { SharesFile } from './shares-file'

/** One metric of the plan as it is simulated. */
export type SimulatedMetric = BucketWeights & {
  readonly metric: Metric
  /** Its place in the plan. */
  readonly place: number
  readonly title: string
  readonly buckets: readonly string[]
  readonly design: SubsetDesign
}

/**
 * What of a plan is simulated: metrics that tell nothing in clear beside their bits.
 * @param epsilon of each report; `undefined`: as the plan says.
 */
export function simulatedMetrics({ metrics }: SignalPlan, shares: SharesFile, epsilon?: number): SimulatedMetric[] {
  return metrics.flatMap((metric, place) => {
    if (groupsOf(metric).length > 1) return []
    const buckets = bucketsOf(metric)
    const design = subsetDesign(buckets.length, microEpsilon(epsilon ?? epsilonOf(metric)))
    return [{ ...bucketWeights(metric, shares), metric, place, title: titleOf(metric), buckets, design }]
  })
}

/** What the plan says one report of a metric may cost. */
export function epsilonOf({ epsilon = 1 }: Metric): number {
  return epsilon
}
