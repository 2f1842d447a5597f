/**
 * Factors a symmetric positive definite matrix in place: A = L Lᵀ.
 * @param matrix [size, size] row-major; its lower triangle is read and overwritten by L, the rest stays.
 * @returns false where a pivot is not above 0: the matrix is not positive definite to this precision, and is spoilt.
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), section 4.2, by rows.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const at = row * size
    for (let column = 0; column <= row; column++) {
      const other = column * size
      let sum = matrix[at + column]!
      for (let k = 0; k < column; k++) sum -= matrix[at + k]! * matrix[other + k]!
      if (column < row) matrix[at + column] = sum / matrix[other + column]!
      else if (sum > 0) matrix[at + row] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves L Lᵀ x = b in place. @param lower as `factorCholesky` leaves it. @param vector [size] b, overwritten by x. */
export function solveCholesky(lower: Float64Array, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = vector[row]!
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * vector[k]!
    vector[row] = sum / lower[row * size + row]!
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = vector[row]! / lower[row * size + row]!
    vector[row] = value
    for (let k = 0; k < row; k++) vector[k] = vector[k]! - lower[row * size + k]! * value
  }
}

/** Adds `weight` times the outer product of a row with itself to the lower triangle of `matrix` [row.length, row.length]. */
export function addOuter(matrix: Float64Array, row: Float64Array, weight: number): void {
  const size = row.length
  for (let a = 0; a < size; a++) {
    const factor = weight * row[a]!
    for (let b = 0, at = a * size; b <= a; b++, at++) matrix[at] = matrix[at]! + factor * row[b]!
  }
}
