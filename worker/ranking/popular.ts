import { hasBit } from '../compute/bitset'
import type { RankingContext } from './context'
import type { Choice } from './present'
import { popularityOf } from './taste'

/** Looked at for each slot: enough to find other categories, few enough to stay popular. */
const LOOKED_AT_PER_SLOT = 16

/**
 * A shelf for a visitor of whom nothing is known: the catalog's own order, one item of each category in turn, so that it shows what there is.
 * @param blocked items that must not come back.
 */
export function choosePopular({ catalog }: RankingContext, blocked: Uint32Array, limit: number): readonly Choice[] {
  const byCategory = new Map<number, number[]>()
  for (let i = 0, seen = 0; i < catalog.count && seen < limit * LOOKED_AT_PER_SLOT; i++) {
    if (hasBit(blocked, i)) continue
    seen++
    const path = catalog.categoryOf[i]!
    const same = byCategory.get(path)
    if (same) same.push(i)
    else byCategory.set(path, [i])
  }
  const chosen: number[] = []
  for (let round = 0, before = -1; chosen.length < limit && chosen.length > before; round++) {
    before = chosen.length
    for (const same of byCategory.values()) if (round < same.length && chosen.length < limit) chosen.push(same[round]!)
  }
  return chosen.map((index) => ({ index, score: popularityOf(index), grounds: { kind: 'popular' } }))
}
