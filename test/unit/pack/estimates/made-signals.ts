import type { PublishedSignal, Round } from '../../../../pack/estimates/published-signals'
import { epochStart } from '../../../../src/shared/signals/epoch'
import type { EstimatesDocument, Interval } from '../../../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { madePlan, PLAN_HASH } from '../../../support/estimates-document'

/** Estimates of one week, each to within `error`, one standard error. */
export type MadeWeek = { readonly epoch: number; readonly values: readonly number[]; readonly error?: number; readonly reports?: number }

/** A signal as it is after publishing. */
export function madeSignal(counts: PublishedSignal['counts'], names: readonly string[], weeks: readonly MadeWeek[]): PublishedSignal {
  const rounds = weeks.map(
    ({ epoch, values, error = 1, reports = 1000 }): Round => ({
      epoch,
      reports,
      values: Float64Array.from(values),
      variances: new Float64Array(values.length).fill(error ** 2),
    }),
  )
  return { counts, title: `a ${counts}`, names, rounds }
}

/** A published document of one metric that says these values: of `ranker` the means. What fits nowhere is estimated at 0. */
export function documentOf(metric: Metric, weeks: readonly MadeWeek[]): EstimatesDocument {
  const isRanker = metric.counts === 'ranker'
  const epochs = weeks.map(({ epoch, values, error = 1, reports = 1000 }) => {
    const around = (value: number): Interval => ({ value, low: value - 1.96 * error, high: value + 1.96 * error })
    const groups = groupsOf(metric).map((group, at) => ({
      group,
      reports,
      buckets: bucketsOf(metric).map((bucket, place) => ({ bucket, ...around(isRanker ? 0 : (values[place - 1] ?? 0)) })),
      ...(isRanker && { mean: around(values[at]!) }),
    }))
    const metrics = [{ plan: PLAN_HASH, name: metric.name, counts: metric.counts, title: metric.name, epsilon: 1, coverage: 1, groups }]
    return { epoch, begins: new Date(epochStart(epoch)).toISOString(), ends: new Date(epochStart(epoch + 1)).toISOString(), metrics }
  })
  return { sotto: 'estimates/1', plans: { [PLAN_HASH]: madePlan([metric]) }, epochs }
}
