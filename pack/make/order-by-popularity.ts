import type { InteractionLog } from '../learn/interaction-log'

/**
 * The order in which a pack lists its items: by visitors who took an interest, most first. Items of fewer than `support` come last, in the
 * order of the feed like all that are equal: an order tells, too, what visitors did.
 * @returns [itemCount] the row that each place is filled from.
 */
export function orderByPopularity({ itemCount, starts, items }: InteractionLog, support: number): Int32Array {
  const visitors = new Int32Array(itemCount)
  const lastSequence = new Int32Array(itemCount).fill(-1)
  for (let sequence = 0; sequence < starts.length - 1; sequence++) {
    for (const item of items.subarray(starts[sequence]!, starts[sequence + 1]!)) {
      if (lastSequence[item] === sequence) continue
      lastSequence[item] = sequence
      visitors[item]!++
    }
  }
  const weight = (item: number) => (visitors[item]! >= support ? visitors[item]! : 0)
  return Int32Array.from({ length: itemCount }, (_, item) => item).sort((a, b) => weight(b) - weight(a) || a - b)
}

/** The same log, its items numbered by their places. @param order as `orderByPopularity` gives it. */
export function inOrder(log: InteractionLog, order: Int32Array): InteractionLog {
  const places = new Int32Array(order.length)
  for (const [place, row] of order.entries()) places[row] = place
  return { ...log, items: log.items.map((row) => places[row]!) }
}
