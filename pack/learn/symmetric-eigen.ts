const MAX_SWEEPS = 60
/** What is left beside the diagonal, as a share of the whole, at which rotations end: what rounding leaves. */
const TOLERANCE = 1e-14

export type Eigen = {
  /** [size], largest first. */
  readonly values: Float64Array
  /** [size, size]: row k is the eigenvector of values[k], of norm 1, its largest component positive. */
  readonly vectors: Float64Array
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's cyclic rotations (Golub and Van Loan, Matrix Computations, section 8.5):
 * slow next to others, and exact for the few hundred rows that are asked of it.
 * @param matrix [size, size], symmetric, finite; overwritten.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const turned = new Float64Array(size * size)
  for (let k = 0; k < size; k++) turned[k * size + k] = 1
  let whole = 0
  for (const value of matrix) whole += value * value
  for (let sweep = 0; sweep < MAX_SWEEPS && besideDiagonal(matrix, size) > TOLERANCE * TOLERANCE * whole; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(matrix, turned, size, p, q)
  }
  const order = Array.from({ length: size }, (_, k) => k).sort((a, b) => matrix[b * size + b]! - matrix[a * size + a]!)
  const vectors = new Float64Array(size * size)
  for (const [place, k] of order.entries()) {
    const row = turned.subarray(k * size, (k + 1) * size)
    const sign = row.reduce((largest, value) => (Math.abs(value) > Math.abs(largest) ? value : largest), 0) < 0 ? -1 : 1
    for (let at = 0; at < size; at++) vectors[place * size + at] = sign * row[at]!
  }
  return { values: Float64Array.from(order, (k) => matrix[k * size + k]!), vectors }
}

function besideDiagonal(matrix: Float64Array, size: number): number {
  let squares = 0
  for (let p = 0; p < size; p++) for (let q = 0; q < size; q++) if (p !== q) squares += matrix[p * size + q]! ** 2
  return squares
}

/** Turns the plane of p and q until their element is 0. Rows are turned first and copied to columns, which keeps memory in order. */
function rotate(matrix: Float64Array, turned: Float64Array, size: number, p: number, q: number): void {
  const element = matrix[p * size + q]!
  const atP = matrix[p * size + p]!
  const atQ = matrix[q * size + q]!
  if (element === 0) return
  const tau = (atQ - atP) / (2 * element)
  const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  for (let k = 0; k < size; k++) {
    const a = matrix[p * size + k]!
    const b = matrix[q * size + k]!
    matrix[p * size + k] = cosine * a - sine * b
    matrix[q * size + k] = sine * a + cosine * b
    const c = turned[p * size + k]!
    const d = turned[q * size + k]!
    turned[p * size + k] = cosine * c - sine * d
    turned[q * size + k] = sine * c + cosine * d
  }
  matrix[p * size + p] = atP - tangent * element
  matrix[q * size + q] = atQ + tangent * element
  matrix[p * size + q] = 0
  matrix[q * size + p] = 0
  for (let k = 0; k < size; k++) {
    if (k === p || k === q) continue
    matrix[k * size + p] = matrix[p * size + k]!
    matrix[k * size + q] = matrix[q * size + k]!
  }
}
