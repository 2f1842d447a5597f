import { cutLog } from '../../pack/learn/cut-log'
import { evenly } from '../../pack/learn/evenly'
import type { InteractionLog } from '../../pack/learn/interaction-log'
import { popularity } from '../../pack/learn/popularity'
import { orderByPopularity } from '../../pack/make/order-by-popularity'
import { epochStart } from '../../src/shared/signals/epoch'
import type { ModelPart } from '../../worker/models/model-part'
import { openTrend } from '../../worker/models/trend'
import type { Retail } from './retail'

/** Nothing is learned from fewer customers. */
export const SUPPORT = 5

/** All rows in the order of popularity, and in that of the shelf `trending`. */
export type Shelves = { readonly order: Int32Array; readonly trending: Int32Array }

/** What a pack learns of popularity. */
export function plainPart(log: InteractionLog): ModelPart {
  // Plain counts: this learner answers at once.
  return popularity.learn({ log, support: SUPPORT, seed: 1 }, {}) as ModelPart
}

/** The rows in the order of the feed: with orders any will do; without, the order of the codes, which says nothing of what is wanted. */
export function feedOf({ items }: Retail, log: InteractionLog | undefined): Int32Array {
  const rows = Int32Array.from(items.keys())
  return log ? rows : rows.sort((a, b) => (items[a]!.id < items[b]!.id ? -1 : 1))
}

/** What is asked about: the most popular where orders tell, otherwise some from all over the feed. */
export function listedOf(feed: Int32Array, order: Int32Array, log: InteractionLog | undefined, count: number): readonly number[] {
  return log ? [...order.subarray(0, count)] : evenly([...feed], count)
}

/** Without signals. */
export function plainShelves(retail: Retail, log: InteractionLog | undefined): Shelves {
  const order = log ? orderByPopularity(log, SUPPORT) : feedOf(retail, log)
  return { order, trending: log ? trendingOf(plainPart(log), order) : order }
}

/** What a shop knows that learns from all its orders every week. */
export function freshShelves({ log }: Retail, epoch: number): Shelves {
  const known = cutLog(log, (at) => log.times![at]! < epochStart(epoch))
  const order = orderByPopularity(known, SUPPORT)
  return { order, trending: trendingOf(plainPart(known), order) }
}

/** As the strategy: what has a trend, most first; then what is popular. */
export function trendingOf(part: ModelPart | undefined, order: Int32Array): Int32Array {
  const trend = part && openTrend(part)
  if (!trend) return order
  const up = [...trend.keys()].filter((row) => trend[row]! > 0).sort((a, b) => trend[b]! - trend[a]! || a - b)
  const isUp = new Set(up)
  return Int32Array.from([...up, ...order.filter((row) => !isUp.has(row))])
}
