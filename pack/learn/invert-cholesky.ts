/** Turns a factor into the inverse of what was factored, in place. @param lower [size, size] as `factorCholesky` leaves it; the whole matrix is overwritten. */
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
