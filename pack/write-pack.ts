import { basename } from 'node:path'
import { SottoError } from '../src/shared/errors'
import { createItemIntake } from '../worker/catalog/item-intake'
import type { BuildPackOptions } from './build-pack'
import { chooseModels } from './make/choose-models'
import { makePack } from './make/make-pack'
import { NO_PROGRESS } from './make/progress'
import { checkSupport, DEFAULT_SUPPORT } from './make/support'
import { type Orders, readOrders } from './read/read-orders'
import { savePack } from './write/save-pack'

export type WritePackOptions = Pick<BuildPackOptions, 'thumbnails' | 'fine'> & {
  /** A file of orders or events to learn from; see `readOrders`. */
  readonly orders?: string
  /** What is learned of them: `default`, `all`, or names with commas between. */
  readonly models?: string
  /** What is learned rests on at least so many visitors; default 5, at least 3. */
  readonly support?: number
  /** ms since 1970: orders later than a day from then have not happened. */
  readonly now?: number
}

/**
 * Makes a pack of items and writes its files; see `savePack`.
 * @param entries items of unknown quality, in order of popularity, unless orders tell another.
 * @param out path of the core, ending in `.pack`; the other files are written beside it.
 * @returns what was written: files with their sizes, items, and what was left out by reason.
 * @throws SottoError `catalog-failed` where no entry is an item; as `readOrders` does.
 */
export async function writePack(entries: readonly unknown[], out: string, options: WritePackOptions = {}) {
  const { orders: ordersPath, models = 'default', support = DEFAULT_SUPPORT, now = Date.now(), ...building } = options
  const intake = createItemIntake()
  intake.add(entries)
  const { items, positions, problems } = intake
  if (items.length === 0) throw new SottoError('catalog-failed', 'writePack: none of the entries is an item', { reason: 'empty' })
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  const orders =
    ordersPath === undefined ? undefined : await readOrders(ordersPath, { itemCount: items.length, rowOf: (id) => rows.get(id), now })
  const made = await makePack(
    positions.map((position) => entries[position]),
    {
      ...building,
      name: basename(out, '.pack'),
      log: orders?.log,
      countedBy: orders?.countedBy,
      models: chooseModels(models),
      support: checkSupport(support),
    },
    NO_PROGRESS,
  )
  await savePack(out, made.core, made.files)
  const { tails, parts } = made.opened
  const tailBytes = tails.reduce((sum, { bytes }) => sum + bytes, 0)
  return {
    items: items.length,
    coreBytes: made.core.length,
    tails: tails.length,
    tailBytes,
    parts,
    problems,
    ...(orders && { orders: told(orders) }),
  }
}

function told({ log: _, ...report }: Orders): Omit<Orders, 'log'> {
  return report
}
