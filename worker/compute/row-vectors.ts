import type { VectorMatrix } from './vector-index'

/**
 * Row `index` as a float vector of norm 1.
 * @returns [dim], newly allocated; all zeros where the row is (an item without text).
 */
export function unitRow({ vectors, dim }: VectorMatrix, index: number): Float32Array {
  const row = Float32Array.from(vectors.subarray(index * dim, (index + 1) * dim))
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

/** Dot product of two vectors of one length, summed in float64. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

/** Cosine of two rows, in whole numbers but for the scales, so it is exact; near [-1, 1], as scales are rounded. 0 where a row is all zeros. */
export function rowCosine({ vectors, scales, dim }: VectorMatrix, a: number, b: number): number {
  let sum = 0
  for (let j = 0; j < dim; j++) sum += vectors[a * dim + j]! * vectors[b * dim + j]!
  return sum * scales[a]! * scales[b]!
}
