import { hasBit } from './bitset'
import { norm } from './row-vectors'
import type { VectorMatrix } from './vector-index'

/** Brings an excluded item, whose score lies in [-1, 1], below every other. */
const EXCLUDED_PENALTY = -4

/** Rows as float32, scales folded in, divided by the norm of the longest. */
export function scaledRows({ vectors, scales, count, dim }: VectorMatrix): { rows: Float32Array; maxNorm: number } {
  let maxNorm = 0
  for (let i = 0; i < count; i++) {
    let squares = 0
    for (let j = i * dim; j < (i + 1) * dim; j++) squares += vectors[j]! * vectors[j]!
    maxNorm = Math.max(maxNorm, Math.sqrt(squares) * scales[i]!)
  }
  const rows = new Float32Array(count * dim)
  if (maxNorm > 0) {
    for (let i = 0; i < count; i++) {
      const factor = scales[i]! / maxNorm
      for (let j = i * dim; j < (i + 1) * dim; j++) rows[j] = vectors[j]! * factor
    }
  }
  return { rows, maxNorm }
}

/** Queries one below the other, each divided by its norm; zeros stay zeros. */
export function unitRows(queries: readonly Float32Array[]): Float32Array {
  const dim = queries[0]?.length ?? 0
  const rows = new Float32Array(queries.length * dim)
  for (const [q, query] of queries.entries()) {
    const length = norm(query) || 1
    for (let j = 0; j < dim; j++) rows[q * dim + j] = query[j]! / length
  }
  return rows
}

/** What to add to the scores of `count` items, so that every excluded one, whose score lies in [-1, 1], comes after all others. */
export function penalties(excluded: Uint32Array, count: number): Float32Array {
  const added = new Float32Array(count)
  for (let i = 0; i < count; i++) if (hasBit(excluded, i)) added[i] = EXCLUDED_PENALTY
  return added
}

/**
 * How far a float32 dot product of two vectors of norm ≤ 1 can lie from the exact one: (dim + 3) half-ulps for the products, the sums in any
 * order and the rounding of both inputs (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), doubled for safety.
 */
export function errorBound(dim: number): number {
  return 2 * (dim + 3) * 2 ** -24
}
