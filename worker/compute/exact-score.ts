/**
 * The one score that every implementation orders by, so that rankings agree bit for bit wherever they were computed: the products are
 * summed in float64 in four lanes (lane = j mod 4, the rest of the last block in lane 0), added as (0 + 1) + (2 + 3), multiplied by the
 * scale and rounded to float32 once. Four lanes, because one would wait for each addition before the next.
 * @param query finite; `dim` values are read.
 * @param vectors int8 rows; `dim` values are read from `offset` on. Ranges are the caller's to check.
 * @returns the cosine where the query has norm 1 and `scale` brings the row to norm 1.
 */
export function exactScore(query: Float32Array, vectors: Int8Array, offset: number, dim: number, scale: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let j = 0
  for (const end = dim - 3; j < end; j += 4) {
    a += query[j]! * vectors[offset + j]!
    b += query[j + 1]! * vectors[offset + j + 1]!
    c += query[j + 2]! * vectors[offset + j + 2]!
    d += query[j + 3]! * vectors[offset + j + 3]!
  }
  for (; j < dim; j++) a += query[j]! * vectors[offset + j]!
  // Adding 0 turns -0, which is what a tiny negative score is rounded to, into 0: there is one zero to order by.
  return Math.fround((a + b + (c + d)) * scale) + 0
}
