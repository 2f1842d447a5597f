import type { InteractionLog } from '../../pack/learn/interaction-log'
import { groupBy } from './group-by'
import type { OrderLine } from './order-line'
import type { ShopItem } from './shop-item'

/**
 * The orders as models learn from them: a sequence is what one customer ordered, order after order; a basket is one order. Orders of one day
 * stand in the order of their numbers, the products of one order in that of the table. What stands on several lines of an order is in it once.
 *
 * @param items all that the lines order; their places are the rows.
 */
export function orderLog(lines: readonly OrderLine[], items: readonly ShopItem[]): InteractionLog {
  const rows = new Map(items.map(({ productId, title }, row) => [`${productId}\n${title}`, row]))
  const starts = [0]
  const rowsInOrder: number[] = []
  const times: number[] = []
  const baskets: number[] = []
  for (const own of groupBy(lines, ({ buyer }) => buyer).values()) {
    const orders = [...groupBy(own, ({ order }) => order)]
    orders.sort(([a, [first]], [b, [second]]) => first!.time - second!.time || (a < b ? -1 : 1))
    for (const [basket, [, inOrder]] of orders.entries()) {
      for (const row of new Set(inOrder.map(({ productId, title }) => rows.get(`${productId}\n${title}`)!))) {
        rowsInOrder.push(row)
        times.push(inOrder[0]!.time)
        baskets.push(basket)
      }
    }
    starts.push(rowsInOrder.length)
  }
  return {
    itemCount: items.length,
    starts: Int32Array.from(starts),
    items: Int32Array.from(rowsInOrder),
    times: Float64Array.from(times),
    baskets: Int32Array.from(baskets),
  }
}
