import { buildPack } from '../../pack/build-pack'
import { holdContest } from '../support/contest'
import { type Report, report } from '../support/report'
import { pretendShop, DIM as SHOP_DIM } from '../support/shop'
import { rounded, spread } from '../support/spread'
import type { Found, LoadingTask } from './loading-worker'

const DIM = 64

export type LoadingSizes = { readonly items?: number; readonly rounds?: number }

/**
 * A saved catalog from IndexedDB to the first query's answer, against reading the same bytes as one record. Fresh workers each time, turn
 * about, code loaded before the clock starts; one warm-up round.
 * @throws Error where the answer is wrong: then there is nothing worth timing.
 */
export async function loading({ items = 10_000, rounds = 21 }: LoadingSizes = {}): Promise<Report> {
  const shop = pretendShop(items)
  const values = Float32Array.from({ length: items * DIM }, (_, at) => shop.vectors[Math.floor(at / DIM) * SHOP_DIM + (at % DIM)]!)
  const pack = buildPack(shop.items, { vectors: { values, dim: DIM } })
  const pages = { '/catalog.pack': pack.core, ...Object.fromEntries(pack.parts.map(({ name, bytes }) => [`/${name}`, bytes])) }
  return holdContest({ workers: { loading: 'bench/loading/loading-worker.ts' }, pages }, async (contest) => {
    const once = async <T>(task: LoadingTask): Promise<T> => {
      await contest.enter(task, 'loading', task)
      const found = await contest.answer<T>(task, task)
      await contest.leave(task)
      return found
    }
    const bytes = await once<number>('save')
    const own: number[] = []
    const opened: number[] = []
    const bare: number[] = []
    const timeOwn = async () => {
      const found = await once<Found>('own')
      if (found.items !== items || found.best !== 0)
        throw new Error(`expected ${items} items and item 0 as its own best: ${JSON.stringify(found)}`)
      own.push(found.ms)
      opened.push(found.openMs)
    }
    const timeBare = async () => {
      const found = await once<{ readonly ms: number; readonly bytes: number }>('bare')
      if (found.bytes !== bytes) throw new Error(`the bare record has ${found.bytes} bytes, expected ${bytes}`)
      bare.push(found.ms)
    }
    for (let round = 0; round <= rounds; round++) {
      // Neither always profits from what the other left warm.
      for (const time of round % 2 ? [timeOwn, timeBare] : [timeBare, timeOwn]) await time()
    }
    own.shift()
    opened.shift()
    bare.shift()
    return report({
      name: 'loading',
      sizes: { items, dims: DIM, bytes },
      rounds,
      browser: contest.browser,
      figures: [
        { name: 'saved catalog, to its first answer', unit: 'ms', ...spread(own) },
        { name: 'of that, until the catalog is open', unit: 'ms', ...spread(opened) },
        { name: 'the same bytes, one record', unit: 'ms', ...spread(bare) },
        { name: 'ratio, round by round', unit: 'x', ...spread(own.map((ms, round) => ms / bare[round]!)) },
      ],
      demands: [
        {
          compares: 'a saved catalog from IndexedDB to the first query, to reading the same bytes as one record',
          ratio: rounded(spread(own).median / spread(bare).median),
          budget: { atMost: 2 },
        },
      ],
      faults: [],
    })
  })
}
