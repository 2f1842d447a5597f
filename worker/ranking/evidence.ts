import type { Catalog } from '../catalog/catalog'
import { cosineTo } from '../compute/row-vectors'
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
 * @returns weightiest first, the later touched first where equal; shares sum to 1; empty where nothing speaks for the item.
 */
export function findReasons(taste: Taste, catalog: Catalog, { index, interest, similarity }: ItemScore): readonly Reason[] {
  const { paths, categoryOf } = catalog
  const cluster = taste.interests[interest]!
  const likeness = new Map<number, number>()
  if (similarity > 0) {
    const factor = (SIMILARITY_WEIGHT * interestFactor(taste, cluster)) / cluster.length
    for (const member of cluster.members) likeness.set(member.index, factor * member.weight * cosineTo(catalog, member.vector, index))
  }
  const own = paths[categoryOf[index]!] ?? []
  const reasons: Reason[] = []
  let total = 0
  for (const { touch, index: touched, weight } of taste.attended) {
    const category = CATEGORY_WEIGHT * weight * categoryOverlap(paths[categoryOf[touched]!] ?? [], own)
    const share = (likeness.get(touched) ?? 0) + category
    if (!(share > 0)) continue
    reasons.push({ touch, index: touched, share })
    total += share
  }
  return reasons.map((reason) => ({ ...reason, share: reason.share / total })).sort((a, b) => b.share - a.share)
}
