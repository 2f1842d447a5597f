import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentages } from '../../../demo/panel/percentages'

test('sum to 100 where each for itself would give 101', () => {
  expect(percentages([0.366, 0.326, 0.308])).toEqual([37, 32, 31])
  expect(percentages([1 / 3, 1 / 3, 1 / 3])).toEqual([34, 33, 33])
  expect(percentages([0.5, 0.25])).toEqual([50, 25])
  expect(percentages([])).toEqual([])
})

test('are each within one of the share, and sum to the rounded sum', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }), (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const shares = weights.map((weight) => weight / total)
      const percents = percentages(shares)
      expect(percents.reduce((sum, percent) => sum + percent, 0)).toBe(100)
      for (const [index, share] of shares.entries()) expect(Math.abs((percents[index] ?? 0) - share * 100)).toBeLessThanOrEqual(1)
    }),
    { seed: 1 },
  )
})
