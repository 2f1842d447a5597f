import { hasBit } from '../bitset'
import { exactScore } from '../exact-score'
import { TopList } from '../top-list'
import type { TopK, VectorMatrix } from '../vector-index'
import { gpuFailure } from './gpu-failure'
import { EMPTY } from './scan-shader'

/** What the device proposes for one query: [groupCount, keep] pairs, each group's best first, `EMPTY` where a group had no more. */
export type Proposals = {
  readonly keep: number
  /** Pair i has its score, of query and rows divided by their norms, at 2i. */
  readonly scores: Float32Array
  /** Pair i has its row at 2i + 1. The same memory. */
  readonly rows: Uint32Array
  /** Whether every row that is not excluded is among them. */
  readonly isWhole: boolean
}

/** One query, and what it is asked of. */
export type Question = {
  readonly matrix: VectorMatrix
  readonly query: Float32Array
  readonly k: number
  readonly excluded: Uint32Array | undefined
  /** Norm of the query times that of the longest row: what a score of the device is to be multiplied by. Above 0. */
  readonly unit: number
}

/**
 * How far a float32 score of a query and a row of norm at most 1 can lie from the exact one: (dim + 4) half-ulps for the products, the sums
 * in any order, the scale and the rounding of both inputs (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), doubled,
 * which also covers values so small that a device takes them for 0.
 */
export function errorBound(dim: number): number {
  return 2 * (dim + 4) * 2 ** -24
}

/**
 * Scores the best proposals exactly and shows that none is missing.
 *
 * The k best scores of the device are at least d, so k rows score at least d - bound; a row below the threshold d - 3 bound scores less than
 * d - 2 bound and is none of the best. Rows at or above it are scored again. A group has left such a row out only if its last one kept is
 * not below the threshold. At the end the k-th exact score is compared with the most that a row below the threshold can have, rounded as
 * scores are: that settles scores that overflow or vanish as float32.
 * @returns `undefined` where it cannot be shown.
 * @throws SottoError `compute-failed` where device and CPU differ by more than arithmetic explains.
 */
export function confirmProposals(question: Question, proposals: Proposals): TopK | undefined {
  const { matrix, query, k, excluded, unit } = question
  const { keep, scores, rows, isWhole } = proposals
  const { dim, vectors, scales } = matrix
  const bound = errorBound(dim)
  const heads = new TopList(k)
  for (let pair = 0; 2 * pair < scores.length; pair++) if (scores[2 * pair] !== EMPTY) heads.offer(pair, scores[2 * pair]!)
  const threshold = heads.floor - 3 * bound
  const best = new TopList(k)
  const seen = new Set<number>()
  for (let group = 0; 2 * group < scores.length; group += keep) {
    for (let pair = group; pair < group + keep; pair++) {
      const score = scores[2 * pair]!
      if (score === EMPTY || score < threshold) break
      if (pair === group + keep - 1 && !isWhole) return undefined
      const row = rows[2 * pair + 1]!
      if (row >= matrix.count || seen.has(row) || (excluded && hasBit(excluded, row)))
        throw gpuFailure('it proposed an item twice, or one that it should not')
      seen.add(row)
      const exact = exactScore(query, vectors, row * dim, dim, scales[row]!)
      if (!(exact >= Math.fround((score - bound) * unit) && exact <= Math.fround((score + bound) * unit)))
        throw gpuFailure('its scores differ from those computed on the CPU')
      best.offer(row, exact)
    }
  }
  const isComplete = threshold === Number.NEGATIVE_INFINITY || best.floor > Math.fround((threshold + bound) * unit)
  return isComplete ? best.toTopK() : undefined
}
