import { brandOf } from './brands'
import { groupBy } from './group-by'
import type { OrderLine } from './order-line'

/** What fewer people than this bought counts as bought by nobody: nothing may be learned from so few. */
export const MIN_BUYERS = 5

/** A product of the shop, as the orders show it. */
export type ShopItem = {
  readonly id: string
  /** The number in the orders; two items may bear it. */
  readonly productId: string
  readonly title: string
  readonly category: string
  readonly subCategory: string
  readonly brand: string | undefined
  /** USD, before any discount, whole cents. */
  readonly price: number
  /** Number of orders, 0 where fewer than `MIN_BUYERS` people ordered it. */
  readonly orders: number
  /**
   * The beginning of the month in which it was first ordered, ms since 1970, UTC: the table does not say when the shop took it in. `undefined`
   * where fewer than `MIN_BUYERS` people ordered it.
   */
  readonly since: number | undefined
}

/**
 * Makes one item of every product id and name, the most ordered first (ties by title, then id).
 *
 * An id that carries two names is two products: the name on more lines (then the first in the alphabet) keeps the id, the other
 * gets `-2` behind it, so that the ids are the same in every build.
 */
export function shopItems(lines: readonly OrderLine[]): ShopItem[] {
  const byProduct = groupBy(lines, ({ productId }) => productId)
  const items = [...byProduct].flatMap(([productId, ofId]) => {
    const names = [...groupBy(ofId, ({ title }) => title)]
    names.sort(([a, linesA], [b, linesB]) => linesB.length - linesA.length || (a < b ? -1 : 1))
    return names.map(([title, ofName], index) => shopItem(index === 0 ? productId : `${productId}-${index + 1}`, title, ofName))
  })
  return items.sort((a, b) => b.orders - a.orders || (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1))
}

function shopItem(id: string, title: string, lines: readonly OrderLine[]): ShopItem {
  const { category, subCategory, productId } = lines[0]!
  return {
    id,
    productId,
    title,
    category,
    subCategory,
    brand: brandOf(title),
    price: median(lines.map(({ sales, quantity, discount }) => sales / quantity / (1 - discount))),
    orders: ordersOf(lines),
    since: ordersOf(lines) === 0 ? undefined : beginOfMonth(Math.min(...lines.map(({ time }) => time))),
  }
}

function beginOfMonth(time: number): number {
  const day = new Date(time)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth())
}

function ordersOf(lines: readonly OrderLine[]): number {
  const buyers = new Set(lines.map(({ buyer }) => buyer)).size
  return buyers < MIN_BUYERS ? 0 : new Set(lines.map(({ order }) => order)).size
}

/** Rounded to cents; of an even count the mean of the middle two. */
function median(prices: readonly number[]): number {
  const sorted = prices.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const value = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  return Math.round(value * 100) / 100
}
