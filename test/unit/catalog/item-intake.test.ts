import { expect, it } from 'vitest'
import { MAX_ITEMS } from '../../../src/shared/limits'
import { createItemIntake } from '../../../worker/catalog/item-intake'

it('keeps the first of several items with one id, across slices, and counts the others', () => {
  const intake = createItemIntake()
  intake.add([{ id: 1, title: 'first' }, 'nonsense', { id: '1', title: 'second' }])
  intake.add([
    { id: 1, title: 'third' },
    { id: 2, title: 'other', price: -1 },
  ])
  expect(intake.items.map(({ id, title }) => [id, title])).toEqual([
    ['1', 'first'],
    ['2', 'other'],
  ])
  expect(intake.positions).toEqual([0, 4])
  expect(intake.problems).toEqual({ 'not-an-object': 1, 'duplicate-id': 2, 'impossible-price': 1 })
})

it('stops at its cap', () => {
  const intake = createItemIntake()
  intake.add(Array.from({ length: MAX_ITEMS + 3 }, (_, id) => ({ id, title: 'x' })))
  expect(intake.items).toHaveLength(MAX_ITEMS)
  expect(intake.problems).toEqual({ 'over-capacity': 3 })
})
