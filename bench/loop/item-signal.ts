import { epochStart } from '../../src/shared/signals/epoch'
import type { EstimatesDocument, PublishedEpoch } from '../../src/shared/signals/estimates'
import { bucketsOf } from '../../src/shared/signals/metric-buckets'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import { measure } from '../../worker/signals/measure/measure'
import { NO_VITALS } from '../../worker/signals/vitals'
import { seededRandom } from '../support/seeded-random'
import { type Channel, estimated } from './channel'
import { drawCrowd, participationWithin, seededIntegers, viewsOf } from './crowd'
import type { Retail } from './retail'

const HASH = 'simulated'
const CROWD_SEED = 7

/** Which of a list was most viewed. */
export type ItemMetric = Extract<Metric, { counts: 'item' }>

/** @param items ids. */
export function metricOf(items: readonly string[]): ItemMetric {
  return { name: 'most-viewed', counts: 'item', event: 'viewed', items }
}

/** [epochs] of each visitor the bucket. */
export function trueAnswers(retail: Retail, metric: ItemMetric, visitors: number): readonly Int32Array[] {
  const random = seededRandom(CROWD_SEED)
  const unused = seededIntegers(CROWD_SEED)
  return retail.epochs.map((epoch) =>
    Int32Array.from(drawCrowd(retail.deeds.get(epoch)!, visitors, random), (deed) => {
      const events = viewsOf(deed, random)
      return measure(metric, 0, { events, earlier: { boughtEpochs: 0 }, vitals: NO_VITALS, shown: [], random: unused })
    }),
  )
}

/** The answers of so many times the visitors, who do the same. */
export function repeated(answers: Int32Array, times: number): Int32Array {
  return Int32Array.from({ length: answers.length * times }, (_, at) => answers[at % answers.length]!)
}

/** What a collector would have published, all epochs of it. */
export function publishedItems(
  { epochs }: Retail,
  truths: readonly Int32Array[],
  channel: Channel,
  metric: ItemMetric,
  seed: number,
): EstimatesDocument {
  const random = seededIntegers(seed)
  const epsilon = channel.kind === 'exact' ? 1 : channel.epsilon
  const plan: SignalPlan = { sottoPlan: 1, purpose: 'A simulation', metrics: [{ ...metric, epsilon }] }
  const names = bucketsOf(metric)
  const coverage = channel.kind === 'exact' ? 1 : participationWithin(epsilon)
  const all = epochs.map((epoch, at): PublishedEpoch => {
    const answers = truths[at]!.filter(() => random.below(2 ** 32) < coverage * 2 ** 32)
    const intervals = estimated(channel, names.length, answers, random)
    const buckets = intervals.map((interval, bucket) => ({ ...interval, bucket: names[bucket]! }))
    const groups = [{ group: '', reports: answers.length, buckets }]
    const metrics = [{ plan: HASH, name: metric.name, counts: metric.counts, title: metric.name, epsilon, coverage, groups }]
    return { epoch, begins: new Date(epochStart(epoch)).toISOString(), ends: new Date(epochStart(epoch + 1)).toISOString(), metrics }
  })
  return { sotto: 'estimates/1', plans: { [HASH]: plan }, epochs: all.reverse() }
}
