import { join } from 'node:path'
import type { Page } from 'playwright'
import { buildPack } from '../../pack/build-pack'
import type { Recommendation } from '../../src/shared/recommendation'
import type { Status } from '../../src/shared/status'
import { serve } from '../../test/support/built-server'
import { type Report, report } from '../support/report'
import { DIM, pretendEvents, pretendShop } from '../support/shop'
import { rounded, spread } from '../support/spread'
import { startVisitor, type Visitor } from '../support/visitor'

const ROOT = join(import.meta.dirname, '../..')
/** A catalog that is not on disk by then never will be. */
const SAVE_DEADLINE_MS = 60_000
const BLOCKING_MS = 120
const PAGE = `<!doctype html><title>A shop</title><script>
  globalThis.longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
</script><script type="module" src="/bench/page.js"></script>`

type Timed = { readonly ms: number; readonly shelf: Recommendation; readonly status: Status }
export type StartupSizes = { readonly items?: number; readonly events?: number; readonly rounds?: number }

/**
 * Worker creation to first recommendation on a visitor's later page, against a bare worker that opens IndexedDB and reads one record.
 * Both in fresh pages of one browser with files in its cache and data on its disk, turn about, one warm-up round each.
 * @throws Error where the shelf is not what it should be: then there is nothing worth timing.
 */
export async function startup({ items = 10_000, events = 10_000, rounds = 21 }: StartupSizes = {}): Promise<Report> {
  const shop = pretendShop(items)
  const pack = buildPack(shop.items, { vectors: { values: shop.vectors, dim: DIM } })
  const server = await serve({
    roots: { '/dist/': join(ROOT, 'dist'), '/bench/': import.meta.dirname },
    pages: {
      '/': PAGE,
      '/events.json': JSON.stringify(pretendEvents(shop.items, events)),
      '/catalog.pack': pack.core,
      ...Object.fromEntries(pack.parts.map(({ name, bytes }) => [`/${name}`, bytes])),
    },
    headers: { 'cache-control': 'max-age=3600' },
  })
  const visitor = await startVisitor(`${server.origin}/`)
  try {
    await prepare(visitor, { items, events })
    const sotto: number[] = []
    const bare: number[] = []
    const longTasks: number[] = []
    const longTasksOfBare: number[] = []
    const timeSotto = async () => {
      const [{ ms, shelf, status }, tasks] = await visitor.visit(async (page) => [await timed(page), await longTasksOf(page)] as const)
      checkShelf(shelf, status, { items, events })
      longTasks.push(...tasks)
      sotto.push(ms)
    }
    const timeBare = async () => {
      const [{ ms }, tasks] = await visitor.visit(
        async (page) => [await page.evaluate<{ ms: number }>('bench.timeBare()'), await longTasksOf(page)] as const,
      )
      longTasksOfBare.push(...tasks)
      bare.push(ms)
    }
    for (let round = 0; round <= rounds; round++) {
      // Neither always profits from what the other left warm.
      for (const time of round % 2 ? [timeSotto, timeBare] : [timeBare, timeSotto]) await time()
    }
    await visitor.visit(checkThatLongTasksShow)
    sotto.shift()
    bare.shift()
    const [ours, theirs] = [spread(sotto), spread(bare)]
    return report({
      name: 'startup',
      sizes: { items, events },
      rounds,
      browser: visitor.browser,
      figures: [
        { name: 'first recommendation', unit: 'ms', ...ours },
        { name: 'bare worker, one record', unit: 'ms', ...theirs },
        { name: 'ratio, round by round', unit: 'x', ...spread(sotto.map((ms, round) => ms / bare[round]!)) },
      ],
      demands: [
        {
          compares: 'worker creation to first recommendation, to a bare worker that opens IndexedDB and reads one record',
          ratio: rounded(ours.median / theirs.median),
          budget: { atMost: 3 },
        },
      ],
      // None, ever. On a machine with other work any task may be held up: those of the bare worker's pages tell how much it was.
      faults:
        longTasks.length > 0
          ? [
              `tasks over 50 ms: ${longTasks.map(Math.round).join(', ')} ms on Sotto's pages, ${longTasksOfBare.length} on the bare worker's`,
            ]
          : [],
    })
  } finally {
    await visitor.close()
    await server.close()
  }
}

const timed = (page: Page) => page.evaluate<Timed>('bench.timeSotto()')
const longTasksOf = (page: Page) => page.evaluate<readonly number[]>('bench.longTasks()')

/** The first visit, kept open until a second one finds all of the catalog on disk. */
async function prepare(visitor: Visitor, sizes: { readonly items: number; readonly events: number }): Promise<void> {
  await visitor.visit(async (page) => {
    await page.evaluate('bench.firstVisit()')
    const deadline = Date.now() + SAVE_DEADLINE_MS
    for (;;) {
      const { shelf, status } = await visitor.visit(timed)
      if (status.catalog.from === 'disk' && status.catalog.loaded === sizes.items) return checkShelf(shelf, status, sizes)
      if (Date.now() > deadline) throw new Error(`the catalog is not on disk: ${JSON.stringify(status.catalog)}`)
    }
  })
}

function checkShelf({ items, backend }: Recommendation, { storage, catalog }: Status, sizes: { items: number; events: number }): void {
  const kinds = new Set(items.map(({ evidence }) => evidence.kind))
  const found = { shelf: items.length, kinds: [...kinds], backend, stored: storage.events, from: catalog.from, loaded: catalog.loaded }
  const expected = { shelf: 8, kinds: ['history'], backend: 'wasm', stored: sizes.events, from: 'disk', loaded: sizes.items }
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`the shelf is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
  }
}

/** That no long task was seen says something only if one would have been. */
async function checkThatLongTasksShow(page: Page): Promise<void> {
  await page.evaluate(`bench.blockFor(${BLOCKING_MS})`)
  const seen = await longTasksOf(page)
  if (!seen.some((ms) => ms >= BLOCKING_MS)) throw new Error(`a task of ${BLOCKING_MS} ms did not show, so that none was seen says nothing`)
}
