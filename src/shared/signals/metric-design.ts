import { bucketsOf } from './metric-buckets'
import { PLAN_DEFAULTS } from './plan-defaults'
import { microEpsilon } from './privacy-budget'
import type { Metric } from './signal-plan'
import { type SubsetDesign, subsetDesign } from './subset-selection'

/** What one report of a metric costs, in millionths of epsilon. */
export function costOf({ epsilon = PLAN_DEFAULTS.epsilon }: Metric): number {
  return microEpsilon(epsilon)
}

/** How a metric's true bucket is hidden, in mode `local`: the same for whoever draws reports and whoever reads them. @throws SottoError `internal` as `subsetDesign`. */
export function designOf(metric: Metric): SubsetDesign {
  return subsetDesign(bucketsOf(metric).length, costOf(metric))
}
