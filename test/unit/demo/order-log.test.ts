import { describe, expect, test } from 'vitest'
import { orderLog } from '../../../demo/build/order-log'
import { item, orders } from './make-orders'

const items = ['pen', 'ink', 'pad'].map((title) => item(title))

describe('orders as a log', () => {
  test('a sequence is a customer, a basket an order, both in order of time', () => {
    const log = orderLog(orders('ann 10 pad', 'bob 1 ink', 'ann 2 ink pen'), items)
    expect(log.itemCount).toBe(3)
    expect([...log.starts]).toEqual([0, 3, 4])
    expect([...log.items]).toEqual([1, 0, 2, 1])
    expect([...(log.baskets ?? [])]).toEqual([0, 0, 1, 0])
    expect([...(log.times ?? [])].map((time) => time / 86_400_000)).toEqual([2, 2, 10, 1])
  })

  test('what stands twice in one order is ordered once, in two orders twice', () => {
    expect([...orderLog(orders('ann 1 pen ink pen', 'ann 2 pen'), items).items]).toEqual([0, 1, 0])
  })

  test('orders of one day stand in the order of their numbers, wherever they stand in the table', () => {
    const lines = orders('ann 1 pen', 'ann 1 ink').map((line, index) => ({ ...line, order: `o${index}` }))
    const log = orderLog(lines.toReversed(), items)
    expect([...log.items]).toEqual([0, 1])
    expect([...(log.baskets ?? [])]).toEqual([0, 1])
  })

  test('products of one number and two names are two rows', () => {
    const two = [item('pen'), item('pen', { id: 'pen-2', title: 'quill' })]
    const lines = orders('ann 1 pen', 'ann 2 pen').map((line, index) => ({ ...line, title: index === 0 ? 'quill' : 'pen' }))
    expect([...orderLog(lines, two).items]).toEqual([1, 0])
  })

  test('no orders are an empty log', () => {
    expect(orderLog([], items)).toMatchObject({ itemCount: 3, starts: Int32Array.of(0), items: new Int32Array(0) })
  })
})
