import type { Item } from '../../src/shared/items'
import type { Progress } from '../make/progress'
import { type Orders, readOrders } from '../read/read-orders'
import type { CommandIo } from './command'
import { fileSize } from './read-items'

type LoadOrdersOptions = { readonly locale: string | undefined; readonly io: CommandIo; readonly progress: Progress }

/** Reads orders of these items, telling how far it is. @throws SottoError as `readOrders` does. */
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
  return orders
}
