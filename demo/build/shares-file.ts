import type { SharesFile } from '../signals/shares-file'
import { groupBy } from './group-by'
import type { OrderLine } from './order-line'

/** Counts what orders were mainly for: one sub-category each, the one that most was spent on; of equal ones the first in the alphabet. */
export function sharesFile(lines: readonly OrderLine[]): SharesFile {
  const orders = groupBy(lines, ({ order }) => order)
  const leading = groupBy([...orders.values()].map(leadingOf), (subCategory) => subCategory)
  const years = lines.map(({ time }) => new Date(time).getUTCFullYear())
  return {
    orders: orders.size,
    customers: new Set(lines.map(({ buyer }) => buyer)).size,
    years: years.reduce<[number, number]>(([first, last], year) => [Math.min(first, year), Math.max(last, year)], [9999, 0]),
    leading: [...leading]
      .map(([subCategory, { length }]) => [subCategory, length] as const)
      .sort(([a, ordersA], [b, ordersB]) => ordersB - ordersA || (a < b ? -1 : 1)),
  }
}

function leadingOf(order: readonly OrderLine[]): string {
  const spent = [...groupBy(order, ({ subCategory }) => subCategory)].map(
    ([name, own]) => [name, own.reduce((sum, { sales }) => sum + sales, 0)] as const,
  )
  spent.sort(([a, salesA], [b, salesB]) => salesB - salesA || (a < b ? -1 : 1))
  return spent[0]![0]
}
