/** Columns that keep less than this share of their length once what the others have of them is taken away are nothing but rounding. */
const MIN_LEFT = 1e-9

/**
 * Makes columns orthonormal in place, each in the space of those up to it, Gram and Schmidt's way.
 * @param columns [count, length], column by column; a column that depends on those before it becomes all zeros.
 * @param passes 2 leaves of the other columns no more than rounding does; 1 leaves more where columns are nearly alike, in half the time.
 */
export function orthonormalize(columns: Float64Array, length: number, passes = 2): void {
  for (let start = 0; start < columns.length; start += length) {
    const before = Math.sqrt(dotColumns(columns, start, start, length))
    for (let pass = 0; pass < passes; pass++) {
      for (let other = 0; other < start; other += length) {
        const along = dotColumns(columns, start, other, length)
        if (along !== 0) for (let at = 0; at < length; at++) columns[start + at]! -= along * columns[other + at]!
      }
    }
    const left = Math.sqrt(dotColumns(columns, start, start, length))
    const factor = left > MIN_LEFT * before ? 1 / left : 0
    for (let at = 0; at < length; at++) columns[start + at]! *= factor
  }
}

/** Sum of the products of two columns, given by where they begin. */
export function dotColumns(columns: Float64Array, a: number, b: number, length: number): number {
  let even = 0
  let odd = 0
  let at = 0
  for (; at + 1 < length; at += 2) {
    even += columns[a + at]! * columns[b + at]!
    odd += columns[a + at + 1]! * columns[b + at + 1]!
  }
  if (at < length) even += columns[a + at]! * columns[b + at]!
  return even + odd
}
