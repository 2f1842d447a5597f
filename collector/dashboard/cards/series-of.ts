import type { EstimatesDocument, PublishedMetric } from '../../../src/shared/signals/estimates'
import type { OpenMetric, Series } from './card'

/**
 * What the same question found in earlier weeks: the same name, kind, groups and buckets. Where several plans asked it in one week, that of the
 * same plan counts, else the one with the most reports.
 */
export function seriesOf(document: EstimatesDocument, epoch: number, metric: OpenMetric): Series {
  const earlier = document.epochs
    .filter((one) => one.epoch < epoch)
    .toSorted((a, b) => b.epoch - a.epoch)
    .flatMap((one) => {
      const same = one.metrics
        .flatMap((other) => openMetric(document, other) ?? [])
        .filter((other) => questionOf(other) === questionOf(metric))
      const [best] = same.toSorted((a, b) => Number(b.plan === metric.plan) - Number(a.plan === metric.plan) || reportsOf(b) - reportsOf(a))
      return best ? [{ epoch: one.epoch, metric: best }] : []
    })
  return { epoch, metric, earlier }
}

/** What is said of a metric; `undefined` where it is withheld. */
export function openMetric({ plans }: EstimatesDocument, metric: PublishedMetric): OpenMetric | undefined {
  const { groups, plan } = metric
  return groups && { ...metric, groups, mode: plans[plan]?.mode ?? 'local' }
}

/** Over all groups. */
export function reportsOf({ groups }: OpenMetric): number {
  return groups.reduce((sum, { reports }) => sum + reports, 0)
}

/** What makes weeks comparable; where it differs, its numbers are of something else. */
function questionOf({ name, counts, groups }: OpenMetric): string {
  return JSON.stringify([name, counts, groups.map(({ group, buckets }) => [group, ...buckets.map(({ bucket }) => bucket)])])
}
