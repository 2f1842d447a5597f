import { epochStart } from '../../src/shared/signals/epoch'
import type { EstimatesDocument, Interval, PublishedEpoch, PublishedGroup, PublishedMetric } from '../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { designOf } from '../../src/shared/signals/metric-design'
import { titleOf } from '../../src/shared/signals/metric-words'
import { RandomIntegers } from '../../src/shared/signals/random-integers'
import { type Metric, PLAN_VERSION, type SignalPlan } from '../../src/shared/signals/signal-plan'
import { estimateCounts } from '../../src/shared/signals/subset-estimate'
import { drawSubset } from '../../src/shared/signals/subset-selection'
import { seededRandom } from './catalog-random'

/** Hashes of plans in fixtures: any 64 digits of hex. */
export const PLAN_HASH = 'a1b2c3d4'.repeat(8)
export const NEWER_PLAN_HASH = '9f8e7d6c'.repeat(8)

/** The week of 9 to 15 November 2026. */
export const WEEK = 2966

export type MadeMetric = {
  readonly metric: Metric
  /** [k] of a group, what share of the reports is truly in each bucket; one entry a group. */
  readonly truth: readonly (readonly number[])[]
  /** Of a group. */
  readonly reports: number
  readonly coverage?: number
  readonly plan?: string
}

/**
 * A published metric, from reports drawn as devices draw them.
 *
 * @param random seeded.
 */
export function madeMetric(
  { metric, truth, reports, coverage = 1, plan = PLAN_HASH }: MadeMetric,
  random: RandomIntegers,
): PublishedMetric {
  const buckets = bucketsOf(metric)
  const design = designOf(metric)
  const { name, counts, epsilon = 1 } = metric
  const base = { plan, name, counts, title: titleOf(metric), epsilon, coverage }
  if (reports < 50) return { ...base, withheld: 'fewer than 50 reports' }
  const groups = groupsOf(metric).map((group, at): PublishedGroup => {
    const held = buckets.map(() => 0)
    let sum = 0
    let sent = 0
    truth[at]!.forEach((share, bucket) => {
      sum += share
      for (; sent < Math.round(sum * reports); sent++) {
        const bits = drawSubset(design, bucket, random)
        for (let at = 0; at < held.length; at++) held[at]! += (bits[at >> 3]! >> (at & 7)) & 1
      }
    })
    const estimates = estimateCounts(design, reports, held)
    const named = estimates.map((estimate, bucket) => ({ ...estimate, bucket: buckets[bucket]! }))
    return { group, reports, buckets: named, ...meanOf(metric, estimates[1]!, reports) }
  })
  return { ...base, groups }
}

/** A document of weeks, given from the latest back to the earliest. */
export function madeDocument(
  plans: Readonly<Record<string, SignalPlan>>,
  weeks: readonly (readonly PublishedMetric[])[],
): EstimatesDocument {
  const epochs = weeks.map((metrics, ago): PublishedEpoch => {
    const epoch = WEEK - ago
    return { epoch, begins: new Date(epochStart(epoch)).toISOString(), ends: new Date(epochStart(epoch + 1)).toISOString(), metrics }
  })
  return { sotto: 'estimates/1', plans, epochs }
}

export function madePlan(
  metrics: readonly Metric[],
  purpose = 'A shop for offices learns what works, from nobody in particular',
): SignalPlan {
  return { sottoPlan: PLAN_VERSION, purpose, metrics }
}

function meanOf(metric: Metric, high: Interval, reports: number): { readonly mean?: Interval } {
  if (metric.counts !== 'mean' && metric.counts !== 'ranker') return {}
  const [from, to] = metric.counts === 'mean' ? [0, metric.most] : [-(metric.clip ?? 1), metric.clip ?? 1]
  const scale = (count: number) => from + ((to - from) * count) / reports
  return { mean: { value: scale(high.value), low: scale(high.low), high: scale(high.high) } }
}

/** The same draws at every run. */
export function seededIntegers(seed: number): RandomIntegers {
  const random = seededRandom(seed)
  return new RandomIntegers((count) => Uint8Array.from({ length: count }, () => 256 * random()))
}
