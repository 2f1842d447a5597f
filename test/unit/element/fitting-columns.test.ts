import { expect, it } from 'vitest'
import { fittingColumns } from '../../../src/element/fitting-columns'

it.each([
  [1, 3],
  [3, 3],
  [4, 4],
  [5, 5],
  [6, 6],
  [7, 4],
  [8, 4],
  [9, 5],
  [10, 5],
  [11, 6],
  [12, 4],
])('%d cards stand in %d columns', (count, columns) => {
  expect(fittingColumns(count)).toBe(columns)
})
