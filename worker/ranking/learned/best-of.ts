import { hasBit } from '../../compute/bitset'
import { TopList } from '../../compute/top-list'
import type { PackOrder } from './pack-order'

/** A scored item, by its place in the catalog. */
export type Scored = { readonly index: number; readonly score: number }

/**
 * The best of what a model scored.
 * @param scores [rows of the pack]; what is not above 0 is nothing.
 * @param blocked bitset over the catalog: these are left out.
 * @returns at most `count`, best first, ties in the order of the pack.
 */
export function bestOf(scores: Float32Array, order: PackOrder, blocked: Uint32Array, count: number): Scored[] {
  const list = new TopList(count)
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!
    if (!(score > 0) || score < list.floor) continue
    const index = order.indexOf(row)
    if (index >= 0 && !hasBit(blocked, index)) list.offer(row, score)
  }
  const { indices, scores: kept } = list.toTopK()
  return Array.from(indices, (row, at) => ({ index: order.indexOf(row), score: kept[at]! }))
}
