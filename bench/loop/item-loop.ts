import { learnFromEstimates } from '../../pack/estimates/learn-from-estimates'
import { liftParts } from '../../pack/estimates/lift-parts'
import { qualityAt } from '../../pack/evaluate/metrics/quality-at'
import { orderByDemand } from '../../pack/make/order-by-popularity'
import { epochStart } from '../../src/shared/signals/epoch'
import { type Channel, channelName, isNoisy } from './channel'
import { type Gain, gainOver } from './gain'
import { metricOf, publishedItems, repeated, trueAnswers } from './item-signal'
import type { Retail } from './retail'
import { feedOf, freshShelves, listedOf, plainPart, plainShelves, type Shelves, SUPPORT, trendingOf } from './shop-shelves'

const CUTOFF = 10
/** An epoch closes when the next one ends. */
const PUBLISHED_AFTER = 2
/** The first epochs are not asked about: little or nothing is published yet. */
const FIRST_ASKED = 4

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

/**
 * A pack is made anew for each epoch of what was published by then; asked is what customers of the epoch went on to buy that was new to them.
 */
export function itemLoop({ retail, visitors, channels, runs, onProgress }: ItemLoopOptions): ItemLoop {
  const asked = retail.epochs.slice(FIRST_ASKED)
  const cases = asked.flatMap((epoch) => retail.deeds.get(epoch)!.filter(({ targets }) => targets.length > 0))
  const qualityOf = (made: (epoch: number) => Shelves, of: keyof Shelves) => {
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
    const still = plainShelves(retail, log)
    const bases = { popularity: qualityOf(() => still, 'order'), trending: qualityOf(() => still, 'trending') }
    const add = (name: string, made: readonly ((epoch: number) => Shelves)[]) => {
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
    if (log) add('orders of every week before', [(epoch) => freshShelves(retail, epoch)])
    for (const { channel, listed, times = 1 } of channels) {
      onProgress(`loop: ${shop}, ${channelName(channel)}, ${listed} items`)
      const listedIds = listedOf(feed, still.order, log, listed).map((row) => retail.items[row]!.id)
      const each = truths.get(listed) ?? trueAnswers(retail, metricOf(listedIds), visitors)
      truths.set(listed, each)
      const answers = times > 1 ? each.map((one) => repeated(one, times)) : each
      const documents = Array.from({ length: isNoisy(channel) ? runs : 1 }, (_, run) =>
        publishedItems(retail, answers, channel, metricOf(listedIds), run + 1),
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
