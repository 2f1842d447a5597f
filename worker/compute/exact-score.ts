/**
 * The one score that every implementation orders by, so that rankings agree bit for bit wherever they were computed: `laneSum` times the
 * scale, rounded to float32 once.
 * @param query finite; `dim` values are read.
 * @param vectors int8 rows; `dim` values are read from `offset` on. Ranges are the caller's to check.
 * @returns the cosine where the query has norm 1 and `scale` brings the row to norm 1.
 */
export function exactScore(query: Float32Array, vectors: Int8Array, offset: number, dim: number, scale: number): number {
  // Adding 0 turns -0, which is what a tiny negative score is rounded to, into 0: there is one zero to order by.
  return Math.fround(laneSum(query, vectors, offset, dim) * scale) + 0
}

/**
 * `exactScore` of a row that has residuals, by the value (vector + residual / 256) × scale. Where the residuals are 0 it is the same number
 * to the last bit.
 * @param query finite; `dim` values are read.
 * @param vectors int8 rows; `dim` values are read from `offset` on, and so of `residuals`. Ranges are the caller's to check.
 * @returns the cosine where the query has norm 1 and `scale` brings the row to norm 1.
 */
export function fineScore(
  query: Float32Array,
  vectors: Int8Array,
  residuals: Int8Array,
  offset: number,
  dim: number,
  scale: number,
): number {
  const sum = laneSum(query, vectors, offset, dim) + laneSum(query, residuals, offset, dim) / 256
  return Math.fround(sum * scale) + 0 // one zero: see `exactScore`
}

/**
 * Sums the products of a query and a row in float64 in four lanes (lane = j mod 4, the rest of the last block in lane 0), added as
 * (0 + 1) + (2 + 3). Four lanes, because one would wait for each addition before the next.
 */
function laneSum(query: Float32Array, row: Int8Array, offset: number, dim: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let j = 0
  for (const end = dim - 3; j < end; j += 4) {
    a += query[j]! * row[offset + j]!
    b += query[j + 1]! * row[offset + j + 1]!
    c += query[j + 2]! * row[offset + j + 2]!
    d += query[j + 3]! * row[offset + j + 3]!
  }
  for (; j < dim; j++) a += query[j]! * row[offset + j]!
  return a + b + (c + d)
}
