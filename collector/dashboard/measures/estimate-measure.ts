import { bucketRate, bucketSum, type Counts } from '../statistics/bucket-sum'
import type { Estimate } from '../statistics/estimate'
import type { Measure } from './measure'

/** The share of browsers that a measure asks for. @returns `undefined` where those it is asked of may be nobody. */
export function estimateMeasure(counts: Counts, { weights, among }: Measure): Estimate | undefined {
  return among ? bucketRate(counts, weights, among.weights) : bucketSum(counts, weights)
}
