import type { VectorIndex, VectorMatrix } from './vector-index'

/**
 * Row `index` as a float vector of norm 1, residuals included.
 * @returns [dim], newly allocated; all zeros where the row is (an item without text).
 */
export function unitRow({ vectors, residuals, dim }: VectorMatrix, index: number): Float32Array {
  const start = index * dim
  const row = new Float32Array(vectors.subarray(start, start + dim))
  if (residuals) for (let j = 0; j < dim; j++) row[j]! += residuals[start + j]! / 256
  return normalise(row)
}

/** Scales `vector` to norm 1 in place and returns it; all zeros stay so. */
export function normalise(vector: Float32Array): Float32Array {
  const length = norm(vector)
  if (length > 0) for (let j = 0; j < vector.length; j++) vector[j]! /= length
  return vector
}

/** Euclidean length, summed in float64. */
export function norm(vector: Float32Array): number {
  let sum = 0
  for (let j = 0; j < vector.length; j++) sum += vector[j]! * vector[j]!
  return Math.sqrt(sum)
}

/** Whatever scores chosen rows: every `VectorIndex` does. */
export type RowScorer = Pick<VectorIndex, 'scoreRows'>

/**
 * Cosines of a vector of norm 1 to many rows at once, as every index computes them; 0 for a row of zeros. In one call, because a worker that
 * has just started runs JavaScript slowly and WebAssembly at full speed.
 * @returns [rows.length], newly allocated.
 */
export function cosinesTo(scorer: RowScorer, vector: Float32Array, rows: Int32Array): Float32Array {
  const cosines = new Float32Array(rows.length)
  scorer.scoreRows(vector, rows, cosines)
  return cosines
}
