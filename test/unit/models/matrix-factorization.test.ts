import { expect, test } from 'vitest'
import { matrixFactorization } from '../../../pack/learn/matrix-factorization'
import { openMatrixFactorization } from '../../../worker/models/matrix-factorization'
import type { ModelPart } from '../../../worker/models/model-part'
import type { Visit } from '../../../worker/models/recommender'
import { twoTastes } from '../../support/make-log'

const UNSEEN = 0.25
const RIDGE = 0.125
const MEAN = 0.125
const BIASES = [0.25, -0.0625, 0]

/** One factor: items 0 and 1 at 2 and -1, item 2 was not learned. */
const PART: ModelPart = {
  model: 'matrix-factorization',
  settings: { mean: MEAN, unseen: UNSEEN, ridge: RIDGE, decay: 0.5, learned: 2 },
  tensors: {
    factors: { shape: [3, 1], data: Int8Array.of(4, -2, 0) },
    scales: { shape: [3], data: Float32Array.of(0.5, 0.5, 0) },
    biases: { shape: [3], data: Float32Array.from(BIASES) },
    // Sums over [2, 1] and [-1, 1], the second ones times 0.375 and 0.0625
    gram: { shape: [2, 2], data: Float32Array.of(5, 1, 1, 2) },
    offset: { shape: [2], data: Float32Array.of(0.6875, 0.4375) },
  },
}
const FACTORS = [2, -1]

function scored(visit: Visit, part = PART) {
  const out = new Float32Array(3).fill(7)
  openMatrixFactorization(part).score(visit, out)
  return out
}

/** The objective as it reads, of a visitor's factor and bias. */
function objective(factor: number, bias: number, visit: readonly (readonly [item: number, weight: number])[]): number {
  const predict = (item: number) => MEAN + BIASES[item]! + bias + factor * FACTORS[item]!
  const total = visit.reduce((sum, [, weight]) => sum + weight, 0)
  return (
    visit.reduce((sum, [item, weight]) => sum + weight * (1 - predict(item)) ** 2, 0) +
    UNSEEN * [0, 1].reduce((sum, item) => sum + predict(item) ** 2, 0) +
    RIDGE * (total + UNSEEN * 2) * (factor ** 2 + bias ** 2)
  )
}

test('the visitor that is folded in has the least objective there is', () => {
  // By decay the older weighs half
  const [first, second] = scored({ items: Int32Array.of(1, 0) })
  const fold = (visit: readonly (readonly [number, number])[]) => {
    let best = { value: Number.POSITIVE_INFINITY, factor: 0, bias: 0 }
    for (let factor = -1; factor <= 1; factor += 0.01) {
      for (let bias = -1; bias <= 1; bias += 0.01) {
        const value = objective(factor, bias, visit)
        if (value < best.value) best = { value, factor, bias }
      }
    }
    return best
  }
  const visit = [
    [1, 0.5],
    [0, 1],
  ] as const
  const { factor, bias } = fold(visit)
  expect(first).toBeCloseTo(MEAN + BIASES[0]! + bias + 2 * factor, 1)
  expect(second).toBeCloseTo(MEAN + BIASES[1]! + bias - factor, 1)
  expect(first! - second!).toBeCloseTo(BIASES[0]! - BIASES[1]! + 3 * factor, 1)
})

test('no visit, or one of what was not learned: the biases of items', () => {
  const plain = [0.375, 0.0625, 0]
  expect([...scored({ items: new Int32Array(0) })]).toEqual(plain)
  expect([...scored({ items: Int32Array.of(2, 2) })]).toEqual(plain)
})

test('an item taken twice counts twice', () => {
  const twice = scored({ items: Int32Array.of(0, 0) })
  expect([...twice]).toEqual([...scored({ items: Int32Array.of(0), weights: Float32Array.of(1.5) })])
})

test('what explains adds up to what the visit changes, and is 0 where nothing can', () => {
  const visit = { items: Int32Array.of(2, 0, 0) }
  const out = new Float32Array(3)
  openMatrixFactorization(PART).explain(visit, 0, out)
  expect(out[0]).toBe(0)
  expect(out[1]).toBeCloseTo(out[2]! / 2, 6)
  expect(out[2]).toBeGreaterThan(0)
  openMatrixFactorization(PART).explain(visit, 2, out)
  expect([...out]).toEqual([0, 0, 0])
})

test('learned from two tastes it tells them apart', async () => {
  const part = await matrixFactorization.learn({ log: twoTastes(40), support: 3, seed: 3 }, { dim: 1, unseen: 1 })
  const out = new Float32Array(8)
  openMatrixFactorization(part).score({ items: Int32Array.of(5, 6) }, out)
  expect(Math.min(out[4]!, out[7]!)).toBeGreaterThan(2 * Math.max(...out.subarray(0, 4)))
})

test('a part that does not fit is refused by the name of what is wrong', () => {
  const { gram: _gram, ...rest } = PART.tensors
  expect(() => openMatrixFactorization({ ...PART, tensors: rest })).toThrow('"gram" is missing')
  expect(() => openMatrixFactorization({ ...PART, settings: {} })).toThrow('setting "learned"')
  const short = { ...PART.tensors, factors: { shape: [2, 1], data: Int8Array.of(1, 2) } }
  expect(() => openMatrixFactorization({ ...PART, tensors: short })).toThrow('"factors" is Int8Array of 2, expected Int8Array of 3')
})
