import { learnFromEstimates } from '../../pack/estimates/learn-from-estimates'
import { liftParts } from '../../pack/estimates/lift-parts'
import { qualityAt } from '../../pack/evaluate/metrics/quality-at'
import { cutLog } from '../../pack/learn/cut-log'
import { evenly } from '../../pack/learn/evenly'
import { popularity } from '../../pack/learn/popularity'
import { orderByDemand, orderByPopularity } from '../../pack/make/order-by-popularity'
import { epochStart } from '../../src/shared/signals/epoch'
import type { EstimatesDocument, PublishedEpoch } from '../../src/shared/signals/estimates'
import { bucketsOf } from '../../src/shared/signals/metric-buckets'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import type { ModelPart } from '../../worker/models/model-part'
import { openTrend } from '../../worker/models/trend'
import { measure } from '../../worker/signals/measure/measure'
import { NO_VITALS } from '../../worker/signals/vitals'
import { seededRandom } from '../support/seeded-random'
import { type Channel, channelName, estimated, isNoisy } from './channel'
import { drawCrowd, participationWithin, seededIntegers, viewsOf } from './crowd'
import { type Gain, gainOver } from './gain'
import type { Retail } from './retail'

/** Whoever learns from a log that ends at a moment learns nothing of fewer visitors. */
const SUPPORT = 5
const CUTOFF = 10
/** An epoch closes when the next one ends. */
const PUBLISHED_AFTER = 2
/** The first epochs are not asked about: little or nothing is published yet. */
const FIRST_ASKED = 4
const HASH = 'simulated'
const CROWD_SEED = 7

/** How visitors are asked. */
export type AskedBy = {
  readonly channel: Channel
  /** Items in the list. */
  readonly listed: number
  /** As many visitors who do the same; default one. */
  readonly times?: number
}

export type ItemLoopOptions = {
  readonly retail: Retail
  /** Of each epoch. */
  readonly visitors: number
  readonly channels: readonly AskedBy[]
  /** How often noise is drawn anew. */
  readonly runs: number
  readonly onProgress: (doing: string) => void
}

/** What signals are worth to the order of popularity and to `trending`, by channel. */
export type ItemLoop = {
  readonly cases: number
  /** Without orders: the feed stands in the order of its codes. */
  readonly rows: readonly { readonly shop: Shop; readonly name: string; readonly popularity: Gain; readonly trending: Gain }[]
}

type Shop = 'with orders until the first week' | 'without orders'

/** An order of items, and the shelf `trending`, made for one epoch. */
type Made = { readonly order: Int32Array; readonly trending: Int32Array }

/**
 * A pack is made anew for each epoch of what was published by then; asked is what customers of the epoch went on to buy that was new to them.
 */
export function itemLoop({ retail, visitors, channels, runs, onProgress }: ItemLoopOptions): ItemLoop {
  const asked = retail.epochs.slice(FIRST_ASKED)
  const cases = asked.flatMap((epoch) => retail.deeds.get(epoch)!.filter(({ targets }) => targets.length > 0))
  const qualityOf = (made: (epoch: number) => Made, of: keyof Made) => {
    const lists = new Map(asked.map((epoch) => [epoch, made(epoch)[of]]))
    return Float64Array.from(cases, ({ epoch, visit, targets }) => ndcgOf(lists.get(epoch)!, visit.items, targets))
  }
  const rows: ItemLoop['rows'][number][] = []
  for (const shop of ['with orders until the first week', 'without orders'] as const) {
    const log = shop === 'without orders' ? undefined : retail.before
    const parts = log ? [plainPart(log)] : []
    const truths = new Map<number, readonly Int32Array[]>()
    const feed = feedOf(retail, log)
    const feedItems = Array.from(feed, (row) => retail.items[row]!)
    const still = plainly(retail, log)
    const bases = { popularity: qualityOf(() => still, 'order'), trending: qualityOf(() => still, 'trending') }
    const add = (name: string, made: readonly ((epoch: number) => Made)[]) => {
      const found = made.map((one) => ({ popularity: qualityOf(one, 'order'), trending: qualityOf(one, 'trending') }))
      rows.push({
        shop,
        name,
        popularity: gainOver(
          found.map((one) => one.popularity),
          bases.popularity,
        ),
        trending: gainOver(
          found.map((one) => one.trending),
          bases.trending,
        ),
      })
    }
    add('no signals', [() => still])
    if (log) add('orders of every week before', [(epoch) => fresh(retail, epoch)])
    for (const { channel, listed, times = 1 } of channels) {
      onProgress(`loop: ${shop}, ${channelName(channel)}, ${listed} items`)
      const listedIds = listedOf(feed, still.order, log, listed).map((row) => retail.items[row]!.id)
      const each = truths.get(listed) ?? trueAnswers(retail, metricOf(listedIds), visitors)
      truths.set(listed, each)
      const answers = times > 1 ? each.map((one) => repeated(one, times)) : each
      const documents = Array.from({ length: isNoisy(channel) ? runs : 1 }, (_, run) =>
        published(retail, answers, channel, metricOf(listedIds), run + 1),
      )
      add(
        `${channelName(channel)}, ${listed} items asked${times > 1 ? `, ${times} times the visitors` : ''}`,
        documents.map((document) => (epoch: number) => {
          const known = { ...document, epochs: document.epochs.filter((one) => one.epoch <= epoch - PUBLISHED_AFTER) }
          const heard = learnFromEstimates(feedItems, known, { log, support: SUPPORT, now: epochStart(epoch) })
          const order = orderByDemand(heard.demand.values)
          const [part] = liftParts(parts, heard.lift(Int32Array.from(feed.keys())))
          const toRows = (places: Int32Array) => places.map((place) => feed[place]!)
          return { order: toRows(order), trending: toRows(trendingOf(part, order)) }
        }),
      )
    }
  }
  return { cases: cases.length, rows }
}

type ItemMetric = Extract<Metric, { counts: 'item' }>

function metricOf(items: readonly string[]): ItemMetric {
  return { name: 'most-viewed', counts: 'item', event: 'viewed', items }
}

/** [epochs] of each visitor the bucket. */
function trueAnswers(retail: Retail, metric: ItemMetric, visitors: number): readonly Int32Array[] {
  const random = seededRandom(CROWD_SEED)
  const unused = seededIntegers(CROWD_SEED)
  return retail.epochs.map((epoch) =>
    Int32Array.from(drawCrowd(retail.deeds.get(epoch)!, visitors, random), (deed) => {
      const events = viewsOf(deed, random)
      return measure(metric, 0, { events, earlier: { boughtEpochs: 0 }, vitals: NO_VITALS, shown: [], random: unused })
    }),
  )
}

function repeated(answers: Int32Array, times: number): Int32Array {
  return Int32Array.from({ length: answers.length * times }, (_, at) => answers[at % answers.length]!)
}

/** What a collector would have published, all epochs of it. */
function published(
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

function plainPart(log: Retail['log']): ModelPart {
  // Plain counts: this learner answers at once.
  return popularity.learn({ log, support: SUPPORT, seed: 1 }, {}) as ModelPart
}

/** The rows in the order of the feed: with orders any will do; without, the order of the codes, which says nothing of what is wanted. */
function feedOf({ items }: Retail, log: Retail['log'] | undefined): Int32Array {
  const rows = Int32Array.from(items.keys())
  return log ? rows : rows.sort((a, b) => (items[a]!.id < items[b]!.id ? -1 : 1))
}

/** What is asked about: the most popular where orders tell, otherwise some from all over the feed. */
function listedOf(feed: Int32Array, order: Int32Array, log: Retail['log'] | undefined, count: number): readonly number[] {
  return log ? [...order.subarray(0, count)] : evenly([...feed], count)
}

function plainly(retail: Retail, log: Retail['log'] | undefined): Made {
  const order = log ? orderByPopularity(log, SUPPORT) : feedOf(retail, log)
  return { order, trending: log ? trendingOf(plainPart(log), order) : order }
}

/** What a shop knows that learns from all its orders every week. */
function fresh({ log }: Retail, epoch: number): Made {
  const known = cutLog(log, (at) => log.times![at]! < epochStart(epoch))
  const order = orderByPopularity(known, SUPPORT)
  return { order, trending: trendingOf({ ...plainPart(known) }, order) }
}

/** As the strategy: what has a trend, most first; then what is popular. */
function trendingOf(part: ModelPart | undefined, order: Int32Array): Int32Array {
  const trend = part && openTrend(part)
  if (!trend) return order
  const up = [...trend.keys()].filter((row) => trend[row]! > 0).sort((a, b) => trend[b]! - trend[a]! || a - b)
  const isUp = new Set(up)
  return Int32Array.from([...up, ...order.filter((row) => !isUp.has(row))])
}

/** NDCG@10 of a list, less what the customer has. */
function ndcgOf(list: Int32Array, had: Int32Array, targets: Int32Array): number {
  const seen = new Set(had)
  const ranks = new Float64Array(targets.length).fill(Number.POSITIVE_INFINITY)
  for (let at = 0, place = 1; at < list.length && place <= CUTOFF; at++) {
    if (seen.has(list[at]!)) continue
    const target = targets.indexOf(list[at]!)
    if (target >= 0) ranks[target] = place
    place++
  }
  return qualityAt(CUTOFF, ranks).ndcg
}
