import { bandOf } from '../../../src/shared/signals/metric-buckets'
import { BACKENDS, type Metric } from '../../../src/shared/signals/signal-plan'
import type { Facts } from './facts'
import { measureAmount, measureMean } from './money'
import { measureCampaign, measureShelf } from './outcome'
import { measureRank } from './rank'
import { measureRanker } from './ranker'
import { measureSegment } from './segment'
import { measureExperiment, measureFunnel } from './stages'
import { measureInterest, measureItem } from './which'

/**
 * What is true of this visitor in one epoch. There is always an answer: to have done nothing is a bucket, too.
 *
 * @param group place among `groupsOf(metric)`, drawn beforehand: what variant was shown, which coordinate is asked.
 * @returns a place among `bucketsOf(metric)`. That of `mean` and `ranker` is drawn, so that its expectation is the value.
 */
export function measure(metric: Metric, group: number, facts: Facts): number {
  const { vitals } = facts
  switch (metric.counts) {
    case 'interest':
      return measureInterest(metric.categories, facts)
    case 'item':
      return measureItem(metric, facts)
    case 'segment':
      return measureSegment(metric.by, facts)
    case 'funnel':
      return measureFunnel(facts)
    case 'shelf':
      return measureShelf(metric.slot, facts)
    case 'campaign':
      return measureCampaign(metric.promotion, facts)
    case 'amount':
      return measureAmount(metric, facts)
    case 'mean':
      return measureMean(metric, facts)
    case 'rank':
      return measureRank(metric.slot, facts)
    case 'latency':
      return vitals.slowestMs === undefined ? 0 : 1 + bandOf(metric.bands, vitals.slowestMs)
    case 'backend':
      return BACKENDS.indexOf(vitals.backend)
    case 'errors':
      return bandOf([1, 2, 4], vitals.failures)
    case 'experiment':
      return measureExperiment(metric.goal, facts)
    case 'ranker':
      return measureRanker(metric, group, facts)
    default:
      return metric satisfies never
  }
}
