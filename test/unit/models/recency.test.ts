import { expect, test } from 'vitest'
import { positionWeights } from '../../../worker/models/recency'

const DAY_MS = 86_400_000
const items = Int32Array.of(4, 2, 7)

test('each step back is worth less', () => {
  expect([...positionWeights({ items }, { decay: 0.5, halfLifeDays: 0 })]).toEqual([0.25, 0.5, 1])
  expect([...positionWeights({ items }, { decay: 0, halfLifeDays: 0 })]).toEqual([0, 0, 1])
})

test('what came at one moment is one step', () => {
  const times = Float64Array.of(1000, 2000, 2000)
  expect([...positionWeights({ items, times }, { decay: 0.5, halfLifeDays: 0 })]).toEqual([0.5, 1, 1])
})

test('age halves, from the moment of the question on, and never counts double', () => {
  const times = Float64Array.of(0, 10 * DAY_MS, 21 * DAY_MS)
  const worth = positionWeights({ items, times, now: 20 * DAY_MS }, { decay: 1, halfLifeDays: 10 })
  expect([...worth]).toEqual([0.25, 0.5, 1])
})

test('weights multiply; an empty visit has none', () => {
  expect([...positionWeights({ items, weights: Float32Array.of(4, 2, 3) }, { decay: 0.5, halfLifeDays: 7 })]).toEqual([1, 1, 3])
  expect(positionWeights({ items: new Int32Array() }, { decay: 0.5, halfLifeDays: 7 })).toHaveLength(0)
})
