import type { Item } from '../../src/shared/items'
import { epochOf } from '../../src/shared/signals/epoch'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import type { NamedMoves } from '../learn/blend'
import type { InteractionLog } from '../learn/interaction-log'
import { itemVisitors } from '../learn/item-visitors'
import { type TrendCounts, trendCounts } from '../learn/trend'
import { demandByPlace, demandByVisitors } from './expected-demand'
import { type Demand, itemDemand } from './item-demand'
import { itemTrend } from './item-trend'
import type { Lift } from './lift-parts'
import { awaitedAt, type NextPublication } from './nothing-published'
import { type NotTaken, type PublishedSignal, publishedSignals } from './published-signals'
import { rankerMoves } from './ranker-moves'

/** What was a trend so many epochs ago is half as much of one. */
const TREND_HALF_LIFE_EPOCHS = 2

/** What visitors' reports say of a catalog, before anything of it is in a pack. */
export type Heard = {
  readonly demand: Demand
  readonly notTaken: readonly NotTaken[]
  /** Which way the ranker's prior might move, where that is beyond noise. */
  readonly ranker?: ProposedMoves
  /** Only where nothing was published yet: when it will be. */
  readonly awaited?: NextPublication
  /** What it lifts, for a pack whose place p holds row order[p]. */
  lift(order: Int32Array): Lift
}

/** A new prior that was proposed, and what it rests on. */
export type ProposedMoves = {
  readonly title: string
  readonly moves: ReadonlyMap<string, number>
  readonly reports: number
  readonly epochs: number
}

type HeardOptions = {
  /** What visitors did with the items: its rows are theirs. Without it the items stand in the site's own order of popularity. */
  readonly log: InteractionLog | undefined
  readonly support: number
  /** ms since 1970. */
  readonly now: number
}

/** Learns from what was published, as far as it is beyond noise. @param items their order is that of the rows. */
export function learnFromEstimates(items: readonly Item[], document: EstimatesDocument, options: HeardOptions): Heard {
  const { support, now } = options
  // Models that need no orders are learned from a log without any.
  const log = options.log?.items.length ? options.log : undefined
  const { signals, notTaken } = publishedSignals(document, now)
  const expected = log
    ? demandByVisitors(itemVisitors(log), support)
    : demandByPlace(
        items.map(({ id }) => id),
        signals,
      )
  const demand = itemDemand(items, expected, signals)
  const trend = itemTrend(items, expected, signals, log !== undefined)
  const ordersTrend = log && (trend.gains.some((gain) => gain > 0) ? agedTrend(log, support, signals) : trendCounts(log, support))
  const left: NotTaken[] = [...notTaken, ...demand.notTaken]
  let ranker: ProposedMoves | undefined
  for (const signal of signals.filter(({ counts }) => counts === 'ranker')) {
    const { title, rounds } = signal
    const moves = rankerMoves(signal)
    if (!moves) left.push({ title, why: 'it is no more than noise' })
    else if (ranker) left.push({ title, why: 'another metric of them was published later' })
    else ranker = { title, moves, reports: rounds.reduce((sum, { reports }) => sum + reports, 0), epochs: rounds.length }
  }
  return {
    demand,
    notTaken: left,
    ...(ranker && { ranker }),
    ...(document.epochs.length === 0 && { awaited: awaitedAt(now) }),
    lift: (order) => ({
      demand: { values: inPlaces(demand.values, order), isMeasured: Uint8Array.from(order, (row) => demand.isMeasured[row]!) },
      expected: inPlaces(expected, order),
      trend: trendInPlaces(trend, order),
      ordersTrend: ordersTrend && trendInPlaces(ordersTrend, order),
      hasOrders: log !== undefined,
    }),
  }
}

/** What is proposed of the ranker's prior, to be checked. @param kept how far the pack before had moved it: it may be let go of. */
export function proposedMoves({ ranker }: Heard, kept: ReadonlyMap<string, number>): NamedMoves {
  return { moves: ranker?.moves ?? new Map(), kept }
}

/** The trend of orders, as far as it is one still: they may end long before the latest epoch that was published. */
function agedTrend(log: InteractionLog, support: number, signals: readonly PublishedSignal[]): TrendCounts | undefined {
  const counts = trendCounts(log, support)
  const latest = Math.max(...signals.map(({ rounds }) => rounds[0]!.epoch))
  const end = log.times?.reduce((last, time) => Math.max(last, time), 0) ?? 0
  const age = Math.max(0, latest - epochOf(end))
  const worth = 0.5 ** (age / TREND_HALF_LIFE_EPOCHS)
  return counts && { gains: counts.gains.map((count) => count * worth), expected: counts.expected.map((count) => count * worth) }
}

function inPlaces(values: Float64Array, order: Int32Array): Float64Array {
  return Float64Array.from(order, (row) => values[row]!)
}

function trendInPlaces({ gains, expected }: TrendCounts, order: Int32Array): TrendCounts {
  return { gains: inPlaces(gains, order), expected: inPlaces(expected, order) }
}
