import { expect, test } from 'vitest'
import { inCommon, singular } from '../../../demo/parts/in-common'

test('says each thing once, in singular or plural', () => {
  expect(inCommon(['Chairs'], ['Folding', 'Chairs', 'chair', 'Carton'])).toEqual(['Chairs', 'Folding', 'Carton'])
  expect(inCommon([], [])).toEqual([])
})

test.each([
  ['Supplies', 'supply'],
  ['Boxes', 'box'],
  ['Bookcases', 'bookcase'],
  ['Glass', 'glass'],
  ['Glasses', 'glass'],
])('%s and %s are one', (plural, expected) => {
  expect(singular(plural)).toBe(expected)
})
