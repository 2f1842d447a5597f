import { exactScore } from './exact-score'
import type { VectorMatrix } from './vector-index'

/**
 * Row `index` as a float vector of norm 1.
 * @returns [dim], newly allocated; all zeros where the row is (an item without text).
 */
export function unitRow({ vectors, dim }: VectorMatrix, index: number): Float32Array {
  return normalise(new Float32Array(vectors.subarray(index * dim, (index + 1) * dim)))
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

/**
 * Cosine of a vector of norm 1 to row `index`, as every index computes it; 0 where the row is all zeros. One kernel for everything, on
 * purpose: a worker that has just started runs each new one slowly at first, and the first shelf is all firsts.
 */
export function cosineTo({ vectors, scales, dim }: VectorMatrix, vector: Float32Array, index: number): number {
  return exactScore(vector, vectors, index * dim, dim, scales[index]!)
}
