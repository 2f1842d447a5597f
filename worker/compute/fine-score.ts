/**
 * `exactScore` of a row that has residuals, by the value (vector + residual / 256) × scale: in the same four lanes, each component as one
 * whole number of 16 bits, so that every product is exact in float64. Where the residuals are 0 it is the same number to the last bit.
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
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let j = 0
  let at = offset
  for (const end = dim - 3; j < end; j += 4, at += 4) {
    a += query[j]! * (256 * vectors[at]! + residuals[at]!)
    b += query[j + 1]! * (256 * vectors[at + 1]! + residuals[at + 1]!)
    c += query[j + 2]! * (256 * vectors[at + 2]! + residuals[at + 2]!)
    d += query[j + 3]! * (256 * vectors[at + 3]! + residuals[at + 3]!)
  }
  for (; j < dim; j++, at++) a += query[j]! * (256 * vectors[at]! + residuals[at]!)
  return Math.fround(((a + b + (c + d)) * scale) / 256) + 0 // one zero: see `exactScore`
}
