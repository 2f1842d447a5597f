import { expect } from 'vitest'
import { hasBit } from '../../worker/compute/bitset'
import type { TopK, VectorMatrix } from '../../worker/compute/vector-index'
import { referenceScores } from './reference-top-k'

/**
 * Half an ulp of float32, which scores are rounded to, and as much again for sums in another order. Relative to the largest score there
 * could be, |query| times |row|, since terms cancel.
 */
const RELATIVE = 2 ** -23
/** Scores below float32's normal range are rounded to whole multiples of this. */
const ABSOLUTE = 2 ** -149

/** Checks a ranking against plain float64: its scores, its order with ties in item order, its length, and that nothing better is missing. */
export function expectExact(matrix: VectorMatrix, query: Float32Array, k: number, found: TopK, excluded?: Uint32Array): void {
  const scores = referenceScores(matrix, query)
  const bound = RELATIVE * Math.hypot(...query) * largestNorm(matrix) + ABSOLUTE
  const isOpen = (index: number) => !(excluded && hasBit(excluded, index))
  const open = scores.reduce((count, _, index) => count + (isOpen(index) ? 1 : 0), 0)
  expect(found.indices).toHaveLength(Math.min(k, open))
  expect(found.scores).toHaveLength(found.indices.length)
  const kept = new Set(found.indices)
  expect(kept.size).toBe(found.indices.length)
  for (const [place, index] of found.indices.entries()) {
    const score = found.scores[place]!
    if (!isOpen(index)) expect.fail(`item ${index} is excluded`)
    if (!(Math.abs(score - scores[index]!) <= bound)) expect.fail(`item ${index} scores ${score}, expected ${scores[index]}`)
    const before = place > 0 ? found.scores[place - 1]! : Number.POSITIVE_INFINITY
    if (!(before > score || (before === score && found.indices[place - 1]! < index))) expect.fail(`place ${place} is out of order`)
  }
  const last = found.indices.length - 1
  const floor = last < 0 ? Number.NEGATIVE_INFINITY : found.scores[last]!
  for (const [index, score] of scores.entries()) {
    if (kept.has(index) || !isOpen(index) || found.indices.length < k) continue
    if (score > floor + bound) expect.fail(`item ${index} scores ${score} and is missing; the last one found scores ${floor}`)
    if (Math.fround(score) === floor && index < found.indices[last]! && isTwin(matrix, index, found.indices[last]!))
      expect.fail(`item ${index} is the twin of the last one found and stands before it`)
  }
}

function largestNorm({ count, dim, vectors, residuals, scales }: VectorMatrix): number {
  let largest = 0
  for (let i = 0; i < count; i++) {
    let squares = 0
    for (let j = 0; j < dim; j++) squares += (vectors[i * dim + j]! + (residuals?.[i * dim + j] ?? 0) / 256) ** 2
    largest = Math.max(largest, Math.sqrt(squares) * scales[i]!)
  }
  return largest
}

/** Whether two rows are the same, so that their scores are too. */
function isTwin({ dim, vectors, residuals, scales }: VectorMatrix, a: number, b: number): boolean {
  const isSame = (values: Int8Array | undefined, j: number) => values?.[a * dim + j] === values?.[b * dim + j]
  for (let j = 0; j < dim; j++) if (!isSame(vectors, j) || !isSame(residuals, j)) return false
  return scales[a] === scales[b]
}
