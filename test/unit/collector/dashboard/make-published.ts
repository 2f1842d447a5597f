import type { OpenMetric } from '../../../../collector/dashboard/cards/card'
import type { EstimatesDocument, PublishedMetric } from '../../../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { madeDocument, madePlan, PLAN_HASH } from '../../../support/estimates-document'

/** A published metric with exactly these counts, each give or take `half`; one list of counts a group. */
export function published(
  metric: Metric,
  counts: readonly (readonly number[])[],
  more: Partial<OpenMetric> & { half?: number } = {},
): OpenMetric {
  const { half = 1, ...fields } = more
  const groups = groupsOf(metric).map((group, at) => ({
    group,
    reports: counts[at]!.reduce((sum, count) => sum + count, 0),
    buckets: bucketsOf(metric).map((bucket, place) => interval(bucket, counts[at]![place]!, half)),
  }))
  const { name, counts: kind, epsilon = 1 } = metric
  return { plan: PLAN_HASH, name, counts: kind, title: name, epsilon, coverage: 1, mode: 'local', groups, ...fields }
}

/** A document of one plan, weeks from the latest back. */
export function documentOf(metrics: readonly Metric[], weeks: readonly (readonly PublishedMetric[])[]): EstimatesDocument {
  return madeDocument({ [PLAN_HASH]: madePlan(metrics) }, weeks)
}

function interval(bucket: string, value: number, half: number) {
  return { bucket, value, low: value - half, high: value + half }
}
