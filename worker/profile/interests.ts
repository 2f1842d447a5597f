import { JsIndex } from '../compute/js-index'
import { norm, normalise, type RowScorer } from '../compute/row-vectors'
import type { VectorMatrix } from '../compute/vector-index'
import type { Attended } from './attention'

/** A shelf of eight cannot serve more, and centroids of fewer items say more. */
export const MAX_INTERESTS = 5
/**
 * Groups whose items are on average at least this similar are one interest. Titles with categories of an office shop: two items of one
 * sub-category reach 0.46 in the median, of two sub-categories 0.15.
 */
const MERGE_COSINE = 0.3

export type InterestMember = Attended & {
  /** [dim], as the matrix has it, not scaled; never all zeros. */
  readonly vector: Float32Array
  /** Euclidean length of that. */
  readonly norm: number
}

/** How like each other some members are: `likeness[a * stride + b]` is a cosine; the diagonal is of no use. */
type Compared = { readonly members: readonly InterestMember[]; readonly likeness: Float64Array; readonly stride: number }

/** Items that resemble each other, as one direction in the space of items. Members keep their weights in all attention. */
export type InterestCluster = {
  /** [dim], norm 1: the weighted sum of the members' vectors, divided by `length`. */
  readonly centroid: Float32Array
  /** Norm of that sum, above 0: so that a cosine to the centroid falls apart into `weight * (vector · x) / length`, one term a member. */
  readonly length: number
  /** 0 to 1; the shares of all interests sum to 1. */
  readonly share: number
  /** Weightiest first, later touched first where equal. */
  readonly members: readonly InterestMember[]
}

/**
 * Groups what the visitor looked at into at most `MAX_INTERESTS` interests, so that chairs and envelopes do not average to something in
 * between that the visitor never wanted (PinnerSage: Pal et al., KDD 2020, section 3). How many there are, the data says: groups are merged
 * while their average similarity is at least a threshold. Departures: average linkage weighted by attention in place of Ward's, and a
 * centroid in place of a medoid, since a score must fall apart into its members' parts. Of more than five the weightiest stay.
 * @param attended latest first; items whose vector is all zeros (no text) are left out.
 * @param scorer of the same matrix.
 * @returns weightiest first, of equal weight the one touched later; the same for the same input.
 */
export function findInterests(
  attended: readonly Attended[],
  matrix: VectorMatrix,
  scorer: RowScorer = new JsIndex(matrix),
): readonly InterestCluster[] {
  const groups = mergeAlike(compare(attended, matrix, scorer))
    .map((group) => ({ group, weight: sumWeights(group) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_INTERESTS)
  const total = groups.reduce((sum, { weight }) => sum + weight, 0)
  return groups.map(({ group, weight }) => {
    const sum = weightedSum(group, matrix.dim)
    const length = norm(sum)
    return {
      centroid: normalise(sum),
      length,
      share: weight / total,
      members: group.sort((a, b) => b.weight - a.weight || b.touch.time - a.touch.time),
    }
  })
}

/**
 * Agglomerative clustering, O(n²) while nearest groups stay nearest (Anderberg's nearest-neighbour table), n ≤ 48. Each group keeps the place
 * of its latest member, so the order of groups stays.
 */
function mergeAlike({ members, likeness, stride }: Compared): InterestMember[][] {
  const count = members.length
  const groups: (InterestMember[] | undefined)[] = members.map((member) => [member])
  const weights = Float64Array.from(members, ({ weight }) => weight)
  // Of each group, the group behind it that is most like it (the first of several), or -1.
  const nearest = new Int32Array(count)
  const seek = (group: number) => {
    let best = -1
    for (let other = group + 1; other < count; other++) {
      if (groups[other] && (best < 0 || likeness[group * stride + other]! > likeness[group * stride + best]!)) best = other
    }
    nearest[group] = best
  }
  for (let group = 0; group < count; group++) seek(group)
  for (;;) {
    let into = -1
    let best = MERGE_COSINE
    for (let group = 0; group < count; group++) {
      if (!groups[group] || nearest[group]! < 0) continue
      const value = likeness[group * stride + nearest[group]!]!
      if (value > best || (value === best && into < 0)) {
        best = value
        into = group
      }
    }
    if (into < 0) return groups.filter((group) => group !== undefined)
    const from = nearest[into]!
    groups[into]!.push(...groups[from]!)
    groups[from] = undefined
    // The average over all pairs of two groups, kept up to date without looking at the pairs (Lance and Williams, 1967).
    const share = weights[into]! / (weights[into]! + weights[from]!)
    weights[into]! += weights[from]!
    for (let other = 0; other < count; other++) {
      const value = share * likeness[into * stride + other]! + (1 - share) * likeness[from * stride + other]!
      likeness[into * stride + other] = value
      likeness[other * stride + into] = value
    }
    // An average is no greater than the greater of its two parts, so a nearest group other than these two still is the nearest.
    for (let group = 0; group < from; group++) {
      if (groups[group] && (group === into || nearest[group] === into || nearest[group] === from)) seek(group)
    }
  }
}

/**
 * Cosines of all pairs. Rows are compared as they are and the results divided by the norm, which their comparison with themselves gives: few
 * steps in JavaScript, which a worker that has just started runs slowly.
 * @returns those with a vector.
 */
function compare(attended: readonly Attended[], { vectors, scales, dim }: VectorMatrix, scorer: RowScorer): Compared {
  const members: InterestMember[] = []
  const most = attended.length
  const rows = new Int32Array(most)
  const scores = new Float32Array(most)
  const likeness = new Float64Array(most * most)
  for (const one of attended) {
    const a = members.length
    const vector = new Float32Array(vectors.subarray(one.index * dim, (one.index + 1) * dim))
    rows[a] = one.index
    scorer.scoreRows(vector, rows.subarray(0, a + 1), scores.subarray(0, a + 1))
    const norm = Math.sqrt(scores[a]! / scales[one.index]!)
    if (!(norm > 0)) continue
    members.push({ ...one, vector, norm })
    for (let b = 0; b < a; b++) {
      const cosine = scores[b]! / norm
      likeness[a * most + b] = cosine
      likeness[b * most + a] = cosine
    }
  }
  return { members, likeness, stride: most }
}

function sumWeights(members: readonly InterestMember[]): number {
  return members.reduce((sum, { weight }) => sum + weight, 0)
}

function weightedSum(members: readonly InterestMember[], dim: number): Float32Array {
  const sum = new Float32Array(dim)
  for (const { vector, norm: length, weight } of members) addScaled(sum, vector, weight / length)
  return sum
}

/** A function of its own, so that it is compiled after a few calls: a worker that has just started has no time to wait for a loop to get hot. */
function addScaled(sum: Float32Array, vector: Float32Array, factor: number): void {
  for (let j = 0; j < sum.length; j++) sum[j]! += factor * vector[j]!
}
