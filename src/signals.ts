/** What plans are written with, and what randomizes and estimates: for a site's own tools and for whoever wants to check the arithmetic. */
export { type ShopPlanOptions, shopPlan, type WideShopPlanOptions, wideShopPlan } from './shared/signals/default-plan'
export { definePlan, type PlanDraft } from './shared/signals/define-plan'
export { epochOf, epochStart } from './shared/signals/epoch'
export {
  type EstimatesDocument,
  type Interval,
  LEAST_REPORTS,
  type PublishedBucket,
  type PublishedEpoch,
  type PublishedGroup,
  type PublishedMetric,
} from './shared/signals/estimates'
export { bucketsOf, groupsOf } from './shared/signals/metric-buckets'
export { titleOf } from './shared/signals/metric-words'
export { hashPlan, planTag } from './shared/signals/plan-hash'
export { microEpsilon } from './shared/signals/privacy-budget'
export { cryptoBytes, type RandomBytes, RandomIntegers } from './shared/signals/random-integers'
export { readPlan } from './shared/signals/read-plan'
export { decodeReport, encodeReport, REPORT_BYTES, type Report } from './shared/signals/report'
export type { DapPlan, Metric, MetricKind, SignalPlan } from './shared/signals/signal-plan'
export { estimateCounts, varianceOf } from './shared/signals/subset-estimate'
export { chancesOf, drawSubset, exactEpsilon, type SubsetDesign, subsetDesign } from './shared/signals/subset-selection'
export { Z95 } from './shared/signals/z95'
