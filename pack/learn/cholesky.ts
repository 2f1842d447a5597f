/**
 * Factors a symmetric positive definite matrix in place: A = L L^T.
 * @param a [size, size] row-major; its lower triangle is read and overwritten by L, the upper left as it is.
 * @returns false where a pivot is not above 0: the matrix is not positive definite to this precision, and `a` is spoilt.
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), algorithm 4.2.2, by rows.
 */
export function factorCholesky(a: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const rowAt = row * size
    for (let column = 0; column <= row; column++) {
      const columnAt = column * size
      let sum = a[rowAt + column]!
      for (let k = 0; k < column; k++) sum -= a[rowAt + k]! * a[columnAt + k]!
      if (column < row) a[rowAt + column] = sum / a[columnAt + column]!
      else if (sum > 0) a[rowAt + row] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L L^T x = b in place. @param lower as `factorCholesky` leaves it. @param b [size], overwritten by x. */
export function solveCholesky(lower: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row++) {
    const rowAt = row * size
    let sum = b[row]!
    for (let k = 0; k < row; k++) sum -= lower[rowAt + k]! * b[k]!
    b[row] = sum / lower[rowAt + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = b[row]! / lower[row * size + row]!
    b[row] = value
    for (let k = 0; k < row; k++) b[k]! -= lower[row * size + k]! * value
  }
}

/** Turns a factor into the inverse of what was factored, in place. @param lower as `factorCholesky` leaves it; the whole matrix is overwritten. */
export function invertCholesky(lower: Float64Array, size: number): void {
  // Rows of L^-1 into the lower triangle, from the top: row r of it needs the rows above it and row r of L.
  const row = new Float64Array(size)
  for (let r = 0; r < size; r++) {
    const diagonal = lower[r * size + r]!
    row.fill(0, 0, r + 1)
    for (let k = 0; k < r; k++) {
      const factor = lower[r * size + k]!
      if (factor !== 0) for (let c = 0; c <= k; c++) row[c]! -= factor * lower[k * size + c]!
    }
    for (let c = 0; c < r; c++) lower[r * size + c] = row[c]! / diagonal
    lower[r * size + r] = 1 / diagonal
  }
  // (L^-1)^T L^-1 into the upper triangle by rows of L^-1, which lie below it: the diagonal apart, for it belongs to both.
  const inverseDiagonal = new Float64Array(size)
  for (let r = 0; r < size; r++) for (let c = r + 1; c < size; c++) lower[r * size + c] = 0
  for (let k = 0; k < size; k++) {
    for (let r = 0; r <= k; r++) {
      const factor = lower[k * size + r]!
      if (factor === 0) continue
      inverseDiagonal[r]! += factor * factor
      for (let c = r + 1; c <= k; c++) lower[r * size + c]! += factor * lower[k * size + c]!
    }
  }
  for (let r = 0; r < size; r++) {
    lower[r * size + r] = inverseDiagonal[r]!
    for (let c = 0; c < r; c++) lower[r * size + c] = lower[c * size + r]!
  }
}
