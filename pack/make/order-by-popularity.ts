import type { InteractionLog } from '../learn/interaction-log'
import { itemVisitors } from '../learn/item-visitors'

/**
 * The order in which a pack lists its items: by visitors who took an interest, most first. Items of fewer than `support` come last, in the
 * order of the feed like all that are equal: an order tells, too, what visitors did.
 * @returns [itemCount] the row that each place is filled from.
 */
export function orderByPopularity(log: InteractionLog, support: number): Int32Array {
  const weights = itemVisitors(log).map((visitors) => (visitors >= support ? visitors : 0))
  return orderByDemand(Float64Array.from(weights))
}

/** The order by how much each item is wanted, most first, equal ones in the order of the feed. @param demand [itemCount], finite. */
export function orderByDemand(demand: Float64Array): Int32Array {
  return Int32Array.from(demand.keys()).sort((a, b) => demand[b]! - demand[a]! || a - b)
}

/** The same log, its items numbered by their places. @param order as `orderByPopularity` gives it. */
export function inOrder(log: InteractionLog, order: Int32Array): InteractionLog {
  const places = new Int32Array(order.length)
  for (const [place, row] of order.entries()) places[row] = place
  return { ...log, items: log.items.map((row) => places[row]!) }
}
