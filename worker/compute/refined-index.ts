import type { Backend } from '../../src/shared/status'
import { checkQuery, checkRows } from './check-query'
import { fineScore } from './fine-score'
import { norm } from './row-vectors'
import { TopList } from './top-list'
import type { FineMatrix, TopK, VectorIndex } from './vector-index'

/**
 * How many rows are asked for where `k` are wanted. On 19,406 product texts and 100,000 random vectors of 128 dims, for k from 8 to 200, the
 * best k by 16 bits stood at most five places too low by 8, and so many rows were enough to prove it for 19 queries of 20.
 */
const rowsToAsk = (k: number) => Math.ceil(2.5 * k) + 16
/** Where that proves nothing, so many times as many rows are asked for, until it does: few steps, and the last one costs most of it all. */
const WIDENING = 4
/** No residual is larger, in steps of a row: -128 / 256. */
const MAX_RESIDUAL = 0.5
/** Four times what rounding scores to float32 and summing them in float64 can add, relative to the score and to the error bound. */
const SLACK = 2 ** -22
/** The same for scores below float32's normal range. */
const TINY = 2 ** -148

/**
 * Ranks by the 16 bits of rows with residuals, over an index that knows their int8 half: that one proposes more rows than are wanted, these
 * are scored again, in float64, and the best stay. A row that was not proposed scores at most as high as the last one that was, plus what
 * residuals can add; where that might be among the best, more rows are asked for. So the result is exact against the 16-bit rows, the same
 * bit for bit over every index, ties in item order. Against float32 vectors its recall is at least 0.99 at 20 (see the test).
 */
export class RefinedIndex implements VectorIndex {
  readonly count: number
  readonly dim: number
  readonly #inner: VectorIndex
  readonly #matrix: FineMatrix
  /** What residuals can add to a score, for a query of norm 1. */
  readonly #reach: number

  /**
   * @param inner over the same matrix; owned from here on.
   * @param matrix kept, not copied.
   */
  constructor(inner: VectorIndex, matrix: FineMatrix) {
    this.count = matrix.count
    this.dim = matrix.dim
    this.#inner = inner
    this.#matrix = matrix
    let largest = 0
    for (let row = 0; row < matrix.count; row++) largest = Math.max(largest, matrix.scales[row]!)
    // Cauchy and Schwarz: |query · residuals| ≤ |query| |residuals|.
    this.#reach = largest * MAX_RESIDUAL * Math.sqrt(matrix.dim)
  }

  /** Who proposes now: it does nearly all of the work. */
  get backend(): Backend {
    return this.#inner.backend
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    checkQuery(this, queries, k, excluded)
    const asked = Math.min(this.count, rowsToAsk(k))
    const proposed = await this.#inner.topK(queries, asked, excluded)
    const settle = (head: TopK, q: number) => this.#settle(queries.subarray(q * this.dim, (q + 1) * this.dim), head, k, asked, excluded)
    return Promise.all(proposed.map(settle))
  }

  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void {
    checkRows(this, query, rows, out)
    const { vectors, residuals, scales, dim } = this.#matrix
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!
      out[at] = fineScore(query, vectors, residuals, row * dim, dim, scales[row]!)
    }
  }

  dispose(): void {
    this.#inner.dispose()
  }

  /** The best `k`, of the head that was proposed or of a longer one. */
  async #settle(query: Float32Array, proposed: TopK, k: number, firstAsked: number, excluded?: Uint32Array): Promise<TopK> {
    const reach = this.#reach * norm(query)
    let head = proposed
    for (let asked = firstAsked; ; ) {
      const best = this.#best(query, head, k)
      // Nothing is left over, or scores of both kinds are the same.
      if (asked === this.count || head.scores.length < asked || reach === 0) return best
      const last = head.scores[asked - 1]!
      // Not even the best of the others gets as far as the last of these, nor does it tie.
      if (Math.fround(last + reach + SLACK * (Math.abs(last) + reach) + TINY) < best.scores[k - 1]!) return best
      asked = Math.min(this.count, asked * WIDENING)
      ;[head] = (await this.#inner.topK(query, asked, excluded)) as [TopK] // one query, one answer
    }
  }

  #best(query: Float32Array, { indices }: TopK, k: number): TopK {
    const scores = new Float32Array(indices.length)
    this.scoreRows(query, indices, scores)
    const list = new TopList(k)
    for (let at = 0; at < scores.length; at++) list.offer(indices[at]!, scores[at]!)
    return list.toTopK()
  }
}
