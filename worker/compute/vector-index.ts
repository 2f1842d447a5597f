import type { Backend } from '../../src/shared/status'
import type { MatrixMemory } from './matrix-memory'

/** The part of a catalog that is scored: `count` int8 rows of `dim` values with a scale each. A `Catalog` is one. */
export type VectorMatrix = {
  readonly count: number
  readonly dim: number
  /** [count, dim] row-major. */
  readonly vectors: Int8Array
  /** [count], finite, ≥ 0. */
  readonly scales: Float32Array
  /**
   * [count, dim], where rows have more than 8 bits: what rounding to int8 left over, in 1/256 of a step. The value is then
   * (vector + residual / 256) × scale. An index need not know: `RefinedIndex` scores the head again with them.
   */
  readonly residuals?: Int8Array
  /** Where vectors and scales lie, if it is WebAssembly's memory: its index then scans them in place. */
  readonly memory?: MatrixMemory
}

/** A matrix whose rows have 16 bits. */
export type FineMatrix = VectorMatrix & Required<Pick<VectorMatrix, 'residuals'>>

/** The best items for one query: equal lengths, best first, ties in item order. Shorter than asked where fewer items remain. */
export type TopK = { readonly indices: Int32Array; readonly scores: Float32Array }

/**
 * Exact top-k of a query against a matrix of int8 vectors. `score = scales[i] * sum_j query[j] * vectors[i * dim + j]`, which is the cosine
 * where the query has norm 1. Every implementation gives the same ranking, bit for bit: a fast one proposes, the head is scored again.
 */
export interface VectorIndex {
  readonly backend: Backend
  readonly count: number
  readonly dim: number
  /**
   * @param queries [queryCount, dim] row-major, finite.
   * @param k 1 to `count`.
   * @param excluded bitset of [ceil(count / 32)] words (bit i of word i >>> 5): items that must not come back. Absent: none.
   * @returns one `TopK` a query, in order.
   * @throws SottoError `invalid-argument` for a wrong length, k or a value that is not finite; `compute-failed` where the device is lost.
   */
  topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]>
  /**
   * Scores some rows, the same bit for bit as `topK` does, and at once: an index on a GPU lets the CPU do it.
   * @param query [dim], finite.
   * @param rows [n], each 0 to count - 1; an empty one is fine.
   * @param out [n], overwritten.
   * @throws SottoError `invalid-argument` for a wrong length, or a row or value that cannot be.
   */
  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void
  /** Frees what it holds outside the JavaScript heap. */
  dispose(): void
}
