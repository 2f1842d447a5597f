import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright'
import type { StoredEvent } from '../../src/shared/events'
import { serve } from '../../test/support/built-server'
import { type Figure, type Report, report } from '../support/report'
import { pretendEvents, pretendShop } from '../support/shop'
import { rounded, spread } from '../support/spread'
import { startVisitor, type Visitor } from '../support/visitor'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = '<!doctype html><title>A busy page</title><script type="module" src="/bench/page.js"></script>'
const ITEMS = 2_000

type Timed = { readonly ms: number; readonly stored: number }
type Series = { readonly sotto: number[]; readonly raw: number[]; readonly mainThread: number[] }
export type CaptureSizes = { readonly events?: number; readonly rounds?: number; readonly perBurst?: readonly number[] }

/**
 * Events a second that are tracked on a page in bursts, one burst a task, until all are acknowledged as stored; against putting the same
 * cleaned events with `idb` in a worker, in batches of the same size, relaxed durability, one transaction after the other. Fresh page,
 * worker and database each time, turn about, one warm-up round.
 * @throws Error where an event is lost: then there is nothing worth timing.
 */
export async function capture({ events = 10_000, rounds = 7, perBurst = [100, 10] }: CaptureSizes = {}): Promise<Report> {
  const server = await serve({
    roots: { '/dist/': join(ROOT, 'dist'), '/bench/': import.meta.dirname, '/idb/': join(ROOT, 'node_modules/idb/build') },
    pages: { '/': PAGE, '/events.json': JSON.stringify(pretendEvents(pretendShop(ITEMS).items, events)) },
    headers: { 'cache-control': 'max-age=3600' },
  })
  const visitor = await startVisitor(`${server.origin}/`)
  try {
    const cleaned = await cleanedEvents(visitor, events)
    const cases = perBurst.map((size) => ({ size, series: { sotto: [], raw: [], mainThread: [] } satisfies Series as Series }))
    for (let round = 0; round <= rounds; round++) {
      for (const { size, series } of cases) {
        const time = [
          () => timeSotto(visitor, `round-${round}-${size}`, size, events, series),
          () => timeRaw(visitor, `raw-${round}-${size}`, size, cleaned, series),
        ]
        // Neither always profits from what the other left warm.
        for (const run of round % 2 ? time : time.reverse()) await run()
      }
    }
    for (const { series } of cases) for (const values of Object.values(series)) values.shift()
    const ratios = cases.map(({ series }) => rounded(spread(series.raw).median / spread(series.sotto).median))
    return report({
      name: 'capture',
      sizes: { events },
      rounds,
      browser: visitor.browser,
      figures: cases.flatMap(({ size, series }) => figuresOf(`bursts of ${size}`, series, events)),
      demands: [
        {
          compares: 'events a second kept, to raw batched idb puts of the same events (the lowest over burst sizes)',
          ratio: Math.min(...ratios),
          budget: { atLeast: 0.5 },
        },
      ],
      faults: [],
    })
  } finally {
    await visitor.close()
    await server.close()
  }
}

function figuresOf(label: string, { sotto, raw, mainThread }: Series, events: number): Figure[] {
  const perSecond = (series: readonly number[]) => spread(series.map((ms) => (1000 * events) / ms))
  return [
    { name: `${label}: kept`, unit: 'events/s', ...perSecond(sotto) },
    { name: `${label}: raw idb puts`, unit: 'events/s', ...perSecond(raw) },
    { name: `${label}: ratio, round by round`, unit: 'x', ...spread(raw.map((ms, round) => ms / sotto[round]!)) },
    { name: `${label}: main thread`, unit: 'µs/event', ...spread(mainThread.map((ms) => (1000 * ms) / events)) },
  ]
}

/** What the history makes of the events; on the way, that it keeps each of them, as it was tracked. */
async function cleanedEvents(visitor: Visitor, count: number): Promise<readonly StoredEvent[]> {
  return visitor.visit(async (page) => {
    await page.evaluate("bench.prepare('check')")
    const { stored } = await page.evaluate<Timed>('bench.timeSotto(100)')
    const { counted, events } = await page.evaluate<{ counted: number; events: readonly StoredEvent[] }>('bench.check()')
    await page.evaluate('bench.cleanUp()')
    const items = new Set(events.map(({ items: [item] = [] }) => item?.item_id))
    const found = { stored, counted, listed: events.length, items: items.size }
    const expected = { stored: count, counted: count + 1, listed: count, items: Math.min(count, ITEMS / 8) }
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error(`the history is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
    }
    return events
  })
}

async function timeSotto(visitor: Visitor, namespace: string, size: number, count: number, series: Series): Promise<void> {
  await visitor.visit(async (page, context) => {
    await page.evaluate(`bench.prepare('${namespace}')`)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    const before = await busyMs(session)
    const { ms, stored } = await page.evaluate<Timed>(`bench.timeSotto(${size})`)
    series.mainThread.push((await busyMs(session)) - before)
    series.sotto.push(ms)
    checkKept('Sotto', stored, count)
    const { counted } = await page.evaluate<{ counted: number }>('bench.check()')
    checkKept('the history', counted - 1, count)
    await page.evaluate('bench.cleanUp()')
  })
}

async function timeRaw(visitor: Visitor, database: string, size: number, events: readonly StoredEvent[], series: Series): Promise<void> {
  await visitor.visit(async (page) => {
    await prepareRaw(page, events, database)
    const { ms, stored } = await page.evaluate<Timed>(`bench.timeRaw(${size})`)
    checkKept('the raw worker', stored, events.length)
    series.raw.push(ms)
    await page.evaluate('bench.cleanUp()')
  })
}

const prepareRaw = (page: Page, events: readonly StoredEvent[], database: string) =>
  page.evaluate(`bench.prepareRaw(${JSON.stringify(events)}, '${database}')`)

/** Processor time that the page's main thread has spent on tasks so far, in milliseconds. */
async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const busy = metrics.find(({ name }) => name === 'TaskDuration')
  if (!busy) throw new Error('Chromium no longer tells TaskDuration')
  return busy.value * 1000
}

function checkKept(who: string, kept: number, expected: number): void {
  if (kept !== expected) throw new Error(`${who} kept ${kept} of ${expected} events`)
}
