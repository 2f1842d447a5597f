import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'

/**
 * [itemCount] the share of visitors who had each item, a visitor of several sessions counting once.
 * @returns zeros for an empty log.
 */
export function itemShares(log: InteractionLog): Float64Array {
  const { itemCount, starts, items, visitors } = log
  const whose = (sequence: number) => visitors?.[sequence] ?? sequence
  const byVisitor = Int32Array.from({ length: sequenceCount(log) }, (_, sequence) => sequence)
  if (visitors) byVisitor.sort((a, b) => whose(a) - whose(b))
  const last = new Int32Array(itemCount).fill(-1)
  const shares = new Float64Array(itemCount)
  const people = new Set<number>()
  for (const sequence of byVisitor) {
    for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) {
      const item = items[at]!
      people.add(whose(sequence))
      if (last[item] === whose(sequence)) continue
      last[item] = whose(sequence)
      shares[item]!++
    }
  }
  return people.size > 0 ? shares.map((count) => count / people.size) : shares
}
