import type { Catalog } from '../catalog/catalog'
import { cosineTo } from '../compute/row-vectors'
import { type Attended, attendedItems } from '../profile/attention'
import { findInterests, type InterestCluster } from '../profile/interests'
import { categoryOverlap } from './category-overlap'
import type { RankingContext } from './context'

/**
 * What the parts of a score weigh; each part lies in 0 to 1. Likeness decides; the category lifts items whose words differ (a `Lounger`
 * among chairs); popularity orders what is else equal.
 */
export const SIMILARITY_WEIGHT = 0.7
export const CATEGORY_WEIGHT = 0.2
const POPULARITY_WEIGHT = 0.1
/** The least that a cosine counts in an interest of little share: minor interests get few slots, but not bad items in them. */
const LEAST_INTEREST_FACTOR = 0.5

/** What is known of a visitor, made once a request. */
export type Taste = {
  readonly attended: readonly Attended[]
  /** Weightiest first. */
  readonly interests: readonly InterestCluster[]
  /** Attention by index into `catalog.paths`. */
  readonly byPath: ReadonlyMap<number, number>
}

/** One item's score, and what it is made of. */
export type ItemScore = {
  readonly index: number
  /** Index of the best-matching interest. */
  readonly interest: number
  /** Weighted parts; they sum to `total`, in [0, 1] up to rounding. */
  readonly similarity: number
  readonly category: number
  readonly popularity: number
  readonly total: number
}

/** Reads the taste out of the checkpoint. `undefined` where nothing usable is known. */
export function readTaste({ checkpoint, catalog, now }: RankingContext): Taste | undefined {
  const attended = attendedItems(checkpoint.touches, catalog, now)
  const interests = findInterests(attended, catalog)
  if (!interests.length) return undefined
  const byPath = new Map<number, number>()
  for (const { index, weight } of attended) {
    const path = catalog.categoryOf[index]!
    byPath.set(path, (byPath.get(path) ?? 0) + weight)
  }
  return { attended, interests, byPath }
}

/**
 * The score that `for-you`, `rank` and `explain` share: likeness to the best-matching interest (its cosine, negative ones as 0, times a
 * factor between 0.5 and 1 by the interest's share), attention paid to the item's categories, popularity.
 */
export function scoreItem(taste: Taste, catalog: Catalog, index: number): ItemScore {
  let likeness = 0
  let interest = 0
  for (const [at, cluster] of taste.interests.entries()) {
    const value = interestFactor(taste, cluster) * cosineTo(catalog, cluster.centroid, index)
    if (value > likeness) {
      likeness = value
      interest = at
    }
  }
  const similarity = SIMILARITY_WEIGHT * likeness
  const category = CATEGORY_WEIGHT * affinity(taste, catalog, index)
  const popularity = POPULARITY_WEIGHT * popularityOf(index)
  return { index, interest, similarity, category, popularity, total: similarity + category + popularity }
}

/** How much a cosine to this interest counts, 0.5 to 1. */
export function interestFactor(taste: Taste, { share }: InterestCluster): number {
  return LEAST_INTEREST_FACTOR + (1 - LEAST_INTEREST_FACTOR) * (share / taste.interests[0]!.share)
}

/** The prior of an item by its place in the catalog, which stands in order of popularity: 1 for the first, a tenth for the thousandth. */
export function popularityOf(index: number): number {
  return 1 / Math.log2(2 + index)
}

function affinity({ byPath }: Taste, { paths, categoryOf }: Catalog, index: number): number {
  const own = paths[categoryOf[index]!] ?? []
  let sum = 0
  for (const [path, weight] of byPath) sum += weight * categoryOverlap(paths[path] ?? [], own)
  return sum
}
