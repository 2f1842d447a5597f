import type { Catalog } from '../catalog/catalog'
import { JsIndex } from '../compute/js-index'
import { cosinesTo, type RowScorer } from '../compute/row-vectors'
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
  /** Scores items of the same catalog. */
  readonly scorer: RowScorer
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

/**
 * Reads the taste out of the checkpoint.
 * @param scorer of the catalog's vectors: the index, where one is at hand.
 * @returns `undefined` where nothing usable is known.
 */
export function readTaste({ checkpoint, catalog, now }: RankingContext, scorer: RowScorer = new JsIndex(catalog)): Taste | undefined {
  const attended = attendedItems(checkpoint.touches, catalog, now)
  const interests = findInterests(attended, catalog, scorer)
  if (!interests.length) return undefined
  const byPath = new Map<number, number>()
  for (const { index, weight } of attended) {
    const path = catalog.categoryOf[index]!
    byPath.set(path, (byPath.get(path) ?? 0) + weight)
  }
  return { attended, interests, byPath, scorer }
}

/**
 * The scores that `for-you`, `rank` and `explain` share: likeness to the best-matching interest (its cosine, negative ones as 0, times a
 * factor between 0.5 and 1 by the interest's share), attention paid to the item's categories, popularity.
 * @param rows indices of items.
 * @returns one score an item, in the order given.
 */
export function scoreItems(taste: Taste, catalog: Catalog, rows: Int32Array): ItemScore[] {
  const likeness = new Float64Array(rows.length)
  const interest = new Uint8Array(rows.length)
  for (const [number, cluster] of taste.interests.entries()) {
    const factor = interestFactor(taste, cluster)
    const cosines = cosinesTo(taste.scorer, cluster.centroid, rows)
    for (let at = 0; at < rows.length; at++) {
      const value = factor * cosines[at]!
      if (!(value > likeness[at]!)) continue
      likeness[at] = value
      interest[at] = number
    }
  }
  // Candidates are of few categories.
  const affinities = new Map<number, number>()
  return Array.from(rows, (index, at) => {
    const path = catalog.categoryOf[index]!
    if (!affinities.has(path)) affinities.set(path, affinity(taste, catalog, path))
    const similarity = SIMILARITY_WEIGHT * likeness[at]!
    const category = CATEGORY_WEIGHT * affinities.get(path)!
    const popularity = POPULARITY_WEIGHT * popularityOf(index)
    return { index, interest: interest[at]!, similarity, category, popularity, total: similarity + category + popularity }
  })
}

/** How much a cosine to this interest counts, 0.5 to 1. */
export function interestFactor(taste: Taste, { share }: InterestCluster): number {
  return LEAST_INTEREST_FACTOR + (1 - LEAST_INTEREST_FACTOR) * (share / taste.interests[0]!.share)
}

/** The prior of an item by its place in the catalog, which stands in order of popularity: 1 for the first, a tenth for the thousandth. */
export function popularityOf(index: number): number {
  return 1 / Math.log2(2 + index)
}

/** Attention that was paid to a category path and those it overlaps with. */
function affinity({ byPath }: Taste, { paths }: Catalog, number: number): number {
  const own = paths[number] ?? []
  let sum = 0
  for (const [path, weight] of byPath) sum += weight * categoryOverlap(paths[path] ?? [], own)
  return sum
}
