import { expect, it } from 'vitest'
import { inOrder, orderByPopularity } from '../../../../pack/make/order-by-popularity'

const log = {
  itemCount: 5,
  starts: new Int32Array([0, 3, 6, 8, 9]),
  // Item 4 of four visitors, 1 of three, 0 and 3 of one each, one of them often.
  items: new Int32Array([1, 4, 4, 4, 1, 0, 1, 4, 4]),
}

it('lists items by visitors, each once, and those of too few in the order of the feed', () => {
  expect([...orderByPopularity(log, 3)]).toEqual([4, 1, 0, 2, 3])
  expect([...orderByPopularity(log, 4)]).toEqual([4, 0, 1, 2, 3])
  expect([...orderByPopularity(log, 5)]).toEqual([0, 1, 2, 3, 4])
})

it('counts a visitor of several sessions once', () => {
  const visitors = new Int32Array([1, 2, 1, 1])
  // Item 4 of two visitors, 1 of two, 0 of one.
  expect([...orderByPopularity({ ...log, visitors }, 2)]).toEqual([1, 4, 0, 2, 3])
  expect([...orderByPopularity({ ...log, visitors }, 3)]).toEqual([0, 1, 2, 3, 4])
})

it('of an empty log is the order of the feed', () => {
  expect([...orderByPopularity({ itemCount: 2, starts: new Int32Array([0]), items: new Int32Array(0) }, 3)]).toEqual([0, 1])
})

it('numbers the items of a log by their places', () => {
  const order = orderByPopularity(log, 3)
  expect([...inOrder(log, order).items]).toEqual([1, 0, 0, 0, 1, 2, 1, 0, 0])
})
