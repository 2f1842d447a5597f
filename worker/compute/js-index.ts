import { hasBit } from './bitset'
import { checkQuery, checkRows } from './check-query'
import { exactScore } from './exact-score'
import { TopList } from './top-list'
import type { TopK, VectorIndex, VectorMatrix } from './vector-index'

/** Rows scored for every query before the next ones: 256 rows of 128 bytes fit the smallest first-level caches. */
const BLOCK_ROWS = 256

/** A `VectorIndex` in plain JavaScript: reads the matrix once for all queries, allocates nothing a row, needs nothing but a CPU. */
export class JsIndex implements VectorIndex {
  readonly backend = 'js'
  readonly count: number
  readonly dim: number
  private readonly matrix: VectorMatrix

  /** @param matrix kept, not copied. */
  constructor(matrix: VectorMatrix) {
    this.matrix = matrix
    this.count = matrix.count
    this.dim = matrix.dim
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    checkQuery(this, queries, k, excluded)
    return scanInJs(this.matrix, queries, k, excluded)
  }

  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void {
    checkRows(this, query, rows, out)
    const { vectors, scales, dim } = this.matrix
    for (let at = 0; at < rows.length; at++) out[at] = exactScore(query, vectors, rows[at]! * dim, dim, scales[rows[at]!]!)
  }

  dispose(): void {
    // Everything it holds lies on the JavaScript heap.
  }
}

/** What `JsIndex.topK` gives, at once; the arguments are checked already. */
export function scanInJs(matrix: VectorMatrix, queries: Float32Array, k: number, excluded?: Uint32Array): readonly TopK[] {
  const { count, dim } = matrix
  const work = Array.from({ length: queries.length / dim }, (_, q) => ({
    query: queries.subarray(q * dim, (q + 1) * dim),
    best: new TopList(k),
  }))
  for (let start = 0; start < count; start += BLOCK_ROWS) {
    const end = Math.min(count, start + BLOCK_ROWS)
    for (const { query, best } of work) scoreRows(matrix, query, best, start, end, excluded)
  }
  return work.map(({ best }) => best.toTopK())
}

function scoreRows(matrix: VectorMatrix, query: Float32Array, best: TopList, start: number, end: number, excluded?: Uint32Array): void {
  const { vectors, scales, dim } = matrix
  for (let i = start; i < end; i++) {
    if (excluded && hasBit(excluded, i)) continue
    const score = exactScore(query, vectors, i * dim, dim, scales[i]!)
    // Rows come in order, so one that only equals the floor stands behind what is kept.
    if (score > best.floor) best.offer(i, score)
  }
}
