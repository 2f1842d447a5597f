import type { InteractionLog } from '../learn/interaction-log'
import { findOccurrences } from '../learn/occurrences'

/**
 * The order in which a pack lists its items: by visitors who took an interest (of very long sequences the latest 1,000 items count), most first. Items of fewer than `support` come last, in the
 * order of the feed like all that are equal: an order tells, too, what visitors did.
 * @returns [itemCount] the row that each place is filled from.
 */
export function orderByPopularity(log: InteractionLog, support: number): Int32Array {
  const { itemCount } = log
  const { starts, places, sequenceOf, visitorOf } = findOccurrences(log)
  const weights = Int32Array.from({ length: itemCount }, (_, item) => {
    let visitors = 0
    let before = -1
    // Those of one visitor are next to each other.
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      const visitor = visitorOf[sequenceOf[places[at]!]!]!
      if (visitor !== before) visitors++
      before = visitor
    }
    return visitors >= support ? visitors : 0
  })
  return Int32Array.from({ length: itemCount }, (_, item) => item).sort((a, b) => weights[b]! - weights[a]! || a - b)
}

/** The same log, its items numbered by their places. @param order as `orderByPopularity` gives it. */
export function inOrder(log: InteractionLog, order: Int32Array): InteractionLog {
  const places = new Int32Array(order.length)
  for (const [place, row] of order.entries()) places[row] = place
  return { ...log, items: log.items.map((row) => places[row]!) }
}
