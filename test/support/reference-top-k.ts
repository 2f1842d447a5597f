import type { FineMatrix, VectorMatrix } from '../../worker/compute/vector-index'

/** Deterministic numbers in [0, 1): a linear congruential generator (Numerical Recipes, 3rd ed., section 7.1.2, ranqd1), for tests only. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** A matrix of random rows of norm near 1; every `twinEvery`-th row repeats the one before it, so that there are ties. */
export function randomMatrix(count: number, dim: number, seed: number, twinEvery = 5): VectorMatrix {
  const random = seededRandom(seed)
  const vectors = Int8Array.from({ length: count * dim }, () => Math.round((random() + random() + random() - 1.5) * 80))
  const scales = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % twinEvery === 0) vectors.copyWithin(i * dim, (i - 1) * dim, i * dim)
    scales[i] = 1 / (Math.hypot(...vectors.subarray(i * dim, (i + 1) * dim)) || 1)
  }
  return { count, dim, vectors, scales }
}

/** Queries of norm near 1, one below the other. */
export function randomQueries(queryCount: number, dim: number, seed: number): Float32Array {
  const random = seededRandom(seed)
  const queries = Float32Array.from({ length: queryCount * dim }, () => random() - 0.5)
  for (let q = 0; q < queryCount; q++) {
    const query = queries.subarray(q * dim, (q + 1) * dim)
    const length = Math.hypot(...query)
    for (let j = 0; j < dim; j++) query[j]! /= length
  }
  return queries
}

/** The same with residuals of every size; those of twins are the same too. */
export function fineMatrix(count: number, dim: number, seed: number, twinEvery = 5): FineMatrix {
  const random = seededRandom(seed + 1)
  const residuals = Int8Array.from({ length: count * dim }, () => Math.floor(random() * 256) - 128)
  for (let i = twinEvery; i < count; i += twinEvery) residuals.copyWithin(i * dim, (i - 1) * dim, i * dim)
  return { ...randomMatrix(count, dim, seed, twinEvery), residuals }
}

/** Every item's score in plain float64, summed in order, by residuals where there are some: slow and obvious. */
export function referenceScores({ count, dim, vectors, residuals, scales }: VectorMatrix, query: Float32Array): number[] {
  return Array.from({ length: count }, (_, i) => {
    let sum = 0
    for (let j = 0; j < dim; j++) sum += query[j]! * (vectors[i * dim + j]! + (residuals?.[i * dim + j] ?? 0) / 256)
    return sum * scales[i]!
  })
}
