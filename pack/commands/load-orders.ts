import { SottoError } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import type { Progress } from '../make/progress'
import { type Orders, readOrders } from '../read/read-orders'
import type { CommandIo } from './command'
import { fileSize } from './read-items'
import { count, many, reasons } from './words'

/** Rows that are left out as they should be: no sign of a wrong file. */
const AS_MEANT: readonly string[] = ['repeated', 'no-interest', 'over-long-history']

type LoadOrdersOptions = { readonly locale: string | undefined; readonly io: CommandIo; readonly progress: Progress }

/**
 * Reads orders of these items, telling how far it is; warns where most of them are of no use.
 * @throws SottoError as `readOrders` does; `invalid-argument` where not one row can be used.
 */
export async function loadOrders(path: string, items: readonly Item[], { locale, io, progress }: LoadOrdersOptions): Promise<Orders> {
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  progress.begin(`reading ${path}`, await fileSize(path))
  const orders = await readOrders(path, {
    itemCount: items.length,
    rowOf: (id) => rows.get(id),
    now: io.now(),
    locale,
    onBytes: progress.advance,
  })
  progress.end()
  expectUse(path, orders, items)
  const asMeant = AS_MEANT.reduce((sum, reason) => sum + (orders.dropped[reason] ?? 0), 0)
  if (2 * orders.used < orders.rows - asMeant) {
    io.warn(`WARNING: ${path}: only ${count(orders.used)} of ${many(orders.rows, 'row')} can be used; ${whatIsWrong(orders, items)}`)
  }
  return orders
}

function expectUse(path: string, orders: Orders, items: readonly Item[]): void {
  if (orders.used > 0) return
  const what = orders.rows === 0 ? 'has no rows' : `none of its ${many(orders.rows, 'row')} can be used; ${whatIsWrong(orders, items)}`
  throw new SottoError('invalid-argument', `${path}: ${what}; nothing was written`)
}

/** Ids of items are no visitor's data, and show at once that another column, or another prefix, is meant. */
function whatIsWrong({ dropped, unknownItems, itemColumn }: Orders, items: readonly Item[]): string {
  const leftOut = `left out: ${reasons(dropped)}`
  if (unknownItems.length === 0) return leftOut
  const known = items.slice(0, unknownItems.length).map(({ id }) => id)
  return `${leftOut}; items in column ${itemColumn} that the catalog has not: ${unknownItems.join(', ')}; the catalog has: ${known.join(', ')}`
}
