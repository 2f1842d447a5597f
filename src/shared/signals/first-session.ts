import type { Metric } from './signal-plan'

/**
 * Whether a metric is asked of a browser in its first session. That a report came so early tells that its sender is new; one of what is asked of new and
 * returning visitors alike must not be answered by that.
 */
export function isAskedFirst(metric: Metric): boolean {
  return metric.counts !== 'segment' || metric.by === 'frequency'
}
