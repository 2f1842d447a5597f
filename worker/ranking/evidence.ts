import type { Catalog } from '../catalog/catalog'
import { cosinesTo } from '../compute/row-vectors'
import type { ItemTouch } from '../history/checkpoint'
import { categoryOverlap } from './category-overlap'
import { CATEGORY_WEIGHT, type ItemScore, interestFactor, SIMILARITY_WEIGHT, type Taste } from './taste'

/** A thing the visitor did, and its share of the personal part of a score. */
export type Reason = {
  readonly touch: ItemTouch
  /** Of the touched item in the catalog. */
  readonly index: number
  readonly share: number
}

/**
 * Takes the personal part of a score apart into what each touched item put in: exactly, for the cosine to an interest's centroid is the sum
 * of its members' `weight * cosine / length`, and the category's part the sum of `weight * overlap`. Members that pull the item down are
 * left out, the rest is scaled.
 * @param picks scored by the same taste.
 * @returns of each pick its reasons: weightiest first, the later touched first where equal; shares sum to 1; empty where nothing speaks for
 *   the item.
 */
export function findReasons(taste: Taste, catalog: Catalog, picks: readonly ItemScore[]): readonly (readonly Reason[])[] {
  const { attended, interests, scorer } = taste
  const rows = Int32Array.from(picks, ({ index }) => index)
  const likeness = picks.map(() => new Map<number, number>())
  for (const [number, cluster] of interests.entries()) {
    const factor = (SIMILARITY_WEIGHT * interestFactor(taste, cluster)) / cluster.length
    for (const { index, weight, vector, norm } of cluster.members) {
      const cosines = cosinesTo(scorer, vector, rows)
      for (const [at, { interest, similarity }] of picks.entries()) {
        if (interest === number && similarity > 0) likeness[at]!.set(index, (factor * weight * cosines[at]!) / norm)
      }
    }
  }
  return picks.map(({ index }, at) => reasonsOf(attended, catalog, index, likeness[at]!))
}

/** @param likeness what each touched item put into the likeness. */
function reasonsOf(
  attended: Taste['attended'],
  { paths, categoryOf }: Catalog,
  picked: number,
  likeness: ReadonlyMap<number, number>,
): readonly Reason[] {
  const own = paths[categoryOf[picked]!] ?? []
  const reasons: Reason[] = []
  let total = 0
  for (const { touch, index, weight } of attended) {
    const category = CATEGORY_WEIGHT * weight * categoryOverlap(paths[categoryOf[index]!] ?? [], own)
    const share = (likeness.get(index) ?? 0) + category
    if (!(share > 0)) continue
    reasons.push({ touch, index, share })
    total += share
  }
  return reasons.map((reason) => ({ ...reason, share: reason.share / total })).sort((a, b) => b.share - a.share)
}
