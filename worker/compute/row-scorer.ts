import { checkRows } from './check-query'
import { exactScore, fineScore } from './exact-score'
import type { RowScorer } from './row-vectors'
import type { VectorMatrix } from './vector-index'

/** Scores chosen rows of a matrix in plain JavaScript, with their residuals where it has some: as the index of a catalog does, without one. */
export function rowScorer(matrix: VectorMatrix): RowScorer {
  const { vectors, residuals, scales, dim } = matrix
  return {
    scoreRows(query, rows, out) {
      checkRows(matrix, query, rows, out)
      for (let at = 0; at < rows.length; at++) {
        const row = rows[at]!
        const scale = scales[row]!
        out[at] = residuals
          ? fineScore(query, vectors, residuals, row * dim, dim, scale)
          : exactScore(query, vectors, row * dim, dim, scale)
      }
    },
  }
}
