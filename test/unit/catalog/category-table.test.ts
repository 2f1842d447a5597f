import { expect, it } from 'vitest'
import { createCategoryTable } from '../../../worker/catalog/category-table'

it('numbers each path once, and tells paths from names with separators in them', () => {
  const table = createCategoryTable([['A']])
  expect([['A'], ['A', 'B'], ['A,B'], [], ['A', 'B']].map(table.indexOf)).toEqual([0, 1, 2, 3, 1])
  expect(table.paths).toEqual([['A'], ['A', 'B'], ['A,B'], []])
})

it('never hands out a number that 16 bits cannot hold', () => {
  const table = createCategoryTable()
  let last = 0
  for (let index = 0; index < 70_000; index++) last = table.indexOf([String(index)])
  expect(table.paths).toHaveLength(65_536)
  expect(table.paths[last]).toEqual([])
  expect(table.indexOf(['0'])).toBe(0)
})
