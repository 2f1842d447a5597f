import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { dotColumns, orthonormalize } from './orthonormalize'
import { symmetricEigen } from './symmetric-eigen'

/** A matrix of which most is 0: row r's elements are from starts[r] to below starts[r + 1]. */
export type SparseMatrix = {
  readonly columnCount: number
  /** [rows + 1] */
  readonly starts: Uint32Array
  /** [elements] column of each. */
  readonly columns: Uint32Array
  /** [elements], finite. */
  readonly values: Float32Array
}

export type TruncatedSvd = {
  /** As many as asked for; fewer where the matrix has fewer rows or columns. */
  readonly dim: number
  /** [dim] singular values, largest first; 0 beyond the rank. */
  readonly singular: Float64Array
  /** [rows, dim] row-major: the left singular vectors, of norm 1 by column; zeros beyond the rank. */
  readonly left: Float32Array
}

/** Directions drawn beyond those asked for: Halko et al. advise 5 to 10 (section 4.2). */
const OVERSAMPLING = 10
/** Times that the matrix is gone through again: text has a spectrum that falls slowly, where a few are needed (section 4.5). */
const POWER_ITERATIONS = 2

/**
 * The largest singular values of a sparse matrix and their left vectors, by a randomized range finder with power iterations. The same matrix and seed give the same result.
 * @param dim at least 1.
 * Source: Halko, Martinsson and Tropp, SIAM Review 53, 2011, algorithms 4.4 and 5.1. Departs from
 * them in orthonormalizing once a round, not twice, and in taking the small matrix apart by way of its Gram matrix.
 */
export function truncatedSvd(matrix: SparseMatrix, dim: number, seed: number, onProgress?: (share: number) => void): TruncatedSvd {
  const rowCount = matrix.starts.length - 1
  const { columnCount } = matrix
  const width = Math.min(dim + OVERSAMPLING, rowCount, columnCount)
  const kept = Math.min(dim, width)
  if (kept === 0) return { dim: 0, singular: new Float64Array(), left: new Float32Array() }
  const right = gaussian(columnCount * width, seededRandom(seed))
  const range = new Float64Array(rowCount * width)
  for (let round = 0; round <= POWER_ITERATIONS; round++) {
    multiply(matrix, right, range, width)
    orthonormalize(range, rowCount, round < POWER_ITERATIONS ? 1 : 2)
    multiplyTransposed(matrix, range, right, width)
    onProgress?.((round + 1) / (POWER_ITERATIONS + 1))
  }
  // right = matrixᵀ range; the eigenvectors of its Gram matrix turn the range into singular vectors.
  const gram = new Float64Array(width * width)
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      gram[a * width + b] = dotColumns(right, a * columnCount, b * columnCount, columnCount)
      gram[b * width + a] = gram[a * width + b]!
    }
  }
  const { values, vectors } = symmetricEigen(gram, width)
  return {
    dim: kept,
    singular: Float64Array.from(values.subarray(0, kept), (value) => Math.sqrt(Math.max(0, value))),
    left: turn(range, vectors, rowCount, width, kept),
  }
}

/** @returns [rows, kept] row-major: the columns of `range` in the directions of `vectors`. */
function turn(range: Float64Array, vectors: Float64Array, rowCount: number, width: number, kept: number): Float32Array {
  const sum = new Float64Array(rowCount)
  const left = new Float32Array(rowCount * kept)
  for (let k = 0; k < kept; k++) {
    sum.fill(0)
    for (let j = 0; j < width; j++) {
      const factor = vectors[k * width + j]!
      for (let row = 0, at = j * rowCount; row < rowCount; row++, at++) sum[row]! += factor * range[at]!
    }
    for (let row = 0; row < rowCount; row++) left[row * kept + k] = sum[row]!
  }
  return left
}

/** out [width, rows] = matrix × by [width, columns], all column by column. */
function multiply({ columnCount, starts, columns, values }: SparseMatrix, by: Float64Array, out: Float64Array, width: number): void {
  const rowCount = starts.length - 1
  for (let j = 0; j < width; j++) {
    const from = j * columnCount
    for (let row = 0; row < rowCount; row++) {
      let sum = 0
      for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) sum += values[at]! * by[from + columns[at]!]!
      out[j * rowCount + row] = sum
    }
  }
}

/** out [width, columns] = matrixᵀ × by [width, rows]. */
function multiplyTransposed(matrix: SparseMatrix, by: Float64Array, out: Float64Array, width: number): void {
  const { columnCount, starts, columns, values } = matrix
  const rowCount = starts.length - 1
  out.fill(0)
  for (let j = 0; j < width; j++) {
    const to = j * columnCount
    for (let row = 0; row < rowCount; row++) {
      const factor = by[j * rowCount + row]!
      if (factor === 0) continue
      for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) out[to + columns[at]!]! += factor * values[at]!
    }
  }
}

/** Normal deviates, mean 0 and variance 1 (Box and Muller, 1958). */
function gaussian(length: number, random: () => number): Float64Array {
  return Float64Array.from({ length }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}
