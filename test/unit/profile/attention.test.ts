import { describe, expect, test } from 'vitest'
import type { ItemTouch } from '../../../worker/history/checkpoint'
import { attendedItems } from '../../../worker/profile/attention'

const touch = (id: string, change: Partial<ItemTouch> = {}): ItemTouch => ({
  id,
  weight: 1,
  time: 0,
  event: 'view_item',
  views: 1,
  inCart: false,
  bought: false,
  rejected: false,
  ...change,
})

/** Chairs at 0, 2 and 3, one table at 1; `total` says whether more is to come. */
function head(total: number) {
  const ids = ['chair-a', 'table-a', 'chair-b', 'chair-c']
  return {
    count: ids.length,
    total,
    indexOf: (id: string) => ids.indexOf(id),
    paths: [
      ['Furniture', 'Chairs'],
      ['Furniture', 'Tables'],
    ],
    categoryOf: Uint16Array.from([0, 1, 0, 0]),
  }
}

const chairs = ['Furniture', 'Chairs']
const indices = (touches: readonly ItemTouch[], total: number) => attendedItems(touches, head(total), 0).map(({ index }) => index)

describe('attendedItems', () => {
  test('latest first, shares of one, nothing rejected or unwelcome', () => {
    const attended = attendedItems(
      [touch('chair-a', { weight: 3 }), touch('table-a'), touch('chair-b', { rejected: true }), touch('chair-c', { weight: -1 })],
      head(4),
      0,
    )
    expect(attended.map(({ touch, weight }) => [touch.id, weight])).toEqual([
      ['table-a', 0.25],
      ['chair-a', 0.75],
    ])
  })

  test('an item still on its way is stood in for by the most popular of its category, another one each', () => {
    const coming = [touch('chair-x', { categories: chairs }), touch('chair-y', { categories: chairs })]
    expect(indices(coming, 10)).toEqual([0, 2])
    expect(attendedItems(coming, head(10), 0).map(({ touch }) => touch.id)).toEqual(['chair-y', 'chair-x'])
  })

  test('never by an item that was touched itself, and by none where none is left or no category was named', () => {
    expect(indices([touch('chair-a'), touch('chair-x', { categories: chairs })], 10)).toEqual([2, 0])
    expect(indices([touch('lamp-x', { categories: ['Lamps'] }), touch('chair-x')], 10)).toEqual([])
  })

  test('in a whole catalog, an item that is not in it has no say', () => {
    expect(indices([touch('chair-x', { categories: chairs })], 4)).toEqual([])
  })
})
