import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EPOCH_MS, epochOf, epochStart } from '../../src/shared/signals/epoch'
import { decodeReport } from '../../src/shared/signals/report'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { ITEMS } from '../support/built-items'
import { attempt, call, DIST, databases, launch, modulePage, shopPage } from '../support/built-page'
import { Recorder } from '../support/built-recorder'
import { serve } from '../support/built-server'
import { type CollectorDouble, type Heard, serveCollector } from '../support/collector-double'

const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To learn which kinds of things are wanted.',
  firstSession: 0,
  metrics: [
    { name: 'funnel', counts: 'funnel' },
    { name: 'interest', counts: 'interest', categories: ['Chairs', 'Lamps', 'Phones'] },
  ],
}
/** Longer than either moment of a visit is ever put off. */
const LATER_MS = 50_000
const HOUR_MS = 3_600_000
/** From now to the middle of this week: an hour later is the same week on whatever day this runs. */
const MIDWEEK_MS = epochStart(epochOf(Date.now())) + EPOCH_MS / 2 - Date.now()

let browser: Browser
let collector: CollectorDouble
let shop: Awaited<ReturnType<typeof serve>>
/** Files of the shop, asked for at every request. */
const pages: Record<string, string> = {}

beforeAll(async () => {
  browser = await launch()
  collector = await serveCollector(PLAN)
  const page = (more: string) =>
    shopPage({ attributes: `data-consent="granted" data-catalog="/items.json" ${more}`, body: '<sotto-shelf>Fallback</sotto-shelf>' })
  Object.assign(pages, {
    '/items.json': JSON.stringify(ITEMS),
    '/plain/': page(''),
    '/asked/': page(`data-worker-src="/timed-worker.js" data-signals="${collector.origin}"`),
    '/opted-out/': page(`data-worker-src="/timed-worker.js" data-signals="${collector.origin}"`).replace(
      '<script',
      "<script>Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })</script><script",
    ),
  })
  pages['/relayed/'] = modulePage(`window.sotto = createSotto({ consent: 'granted', catalog: '/items.json', workerSrc: '/timed-worker.js',
    signals: { collector: '${collector.origin}', relay: '${collector.origin}/relay' } })
    await sotto.recommend({ strategy: 'for-you' })`)
  shop = await serve({ roots: { '/sotto/': DIST }, pages })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([collector.close(), shop.close()])
})
beforeEach(() => setClock(0))

/** Sets the clocks of the visitors' workers and of the collector. */
function setClock(laterMs: number): void {
  const shiftMs = MIDWEEK_MS + laterMs
  collector.shiftMs = shiftMs
  pages['/timed-worker.js'] = `const { now } = Date; Date.now = () => now() + ${shiftMs}; await import('/sotto/worker.js')`
}

type Visitor = { readonly context: BrowserContext; readonly recorder: Recorder; readonly from: number }

async function arrive(): Promise<Visitor> {
  const context = await browser.newContext()
  // Ports don't tell cookies apart: whoever sends any would send this one to the collector too.
  await context.addCookies([{ name: 'who', value: 'anna', url: shop.origin }])
  return { context, recorder: new Recorder(context), from: collector.heard.length }
}

const heardFrom = ({ from }: Visitor) => collector.heard.slice(from)
const reportsOf = (visitor: Visitor) => heardFrom(visitor).filter(({ method }) => method === 'POST')

/** What the worker noted of the visit. */
type Noted = { readonly seenAt: number; readonly moment?: number; readonly ready?: number }

/** Whether all of a visit's turn is done but sending. */
function isReady({ moment, ready }: Noted): boolean {
  return moment === undefined || ready !== undefined
}

/** The visit as it was noted last; of long ago where it never was. */
function noted(page: Page): Promise<Noted> {
  return page.evaluate(async () => {
    const never = { seenAt: 0, moment: 0 }
    if (!(await indexedDB.databases()).some(({ name }) => name === 'sotto:default:signals')) return never
    return new Promise<Noted>((resolve, reject) => {
      const opening = indexedDB.open('sotto:default:signals')
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => {
        const reading = opening.result.transaction('notes').objectStore('notes').get('visit')
        reading.onsuccess = () => resolve(reading.result ?? never)
        opening.result.close()
      }
    })
  })
}

/** Pages of one visit: when the second opens, the moment to get ready is past; when the third does, where there is something to send, that to send it. */
async function visit(
  { context }: Visitor,
  path: string,
  shiftMs: number,
  act: (page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  setClock(shiftMs)
  const page = await context.newPage()
  await page.goto(`${shop.origin}/${path}/`)
  await page.waitForSelector('sotto-shelf >> li')
  await act(page)
  if (path === 'asked')
    await expect.poll(async () => (await noted(page)).seenAt).toBeGreaterThan(Date.now() + MIDWEEK_MS + shiftMs - HOUR_MS / 2)
  for (const times of [1, 2]) {
    setClock(shiftMs + times * LATER_MS)
    await page.goto(`${shop.origin}/${path}/`)
    await page.waitForSelector('sotto-shelf >> li')
    if (path === 'asked' && times === 1) await expect.poll(async () => isReady(await noted(page))).toBe(true)
  }
  return page
}

async function shopAround(page: Page): Promise<void> {
  for (const item_id of ['chairs-0', 'chairs-3']) await call(page, 'track', 'view_item', { items: [{ item_id }] })
  await call(page, 'track', 'search', { search_term: 'leather chair for the back' })
  await call(page, 'track', 'add_to_cart', { items: [{ item_id: 'chairs-3', quantity: 1, price: 9 }] })
  await call(page, 'track', 'purchase', { transaction_id: 'A-1001', value: 9, items: [{ item_id: 'chairs-3' }] })
}

/** A visitor of last week, who comes back twice this week. */
async function comeBack(act?: (page: Page) => Promise<void>): Promise<Visitor & { readonly page: Page }> {
  const visitor = await arrive()
  await (await visit(visitor, 'asked', 0, act)).close()
  const first = await visit(visitor, 'asked', EPOCH_MS)
  // A page that closes before the answer is noted would have its report sent again.
  await expect.poll(() => entryStates(first)).toEqual(['sent', 'waiting'])
  expect(reportsOf(visitor)).toHaveLength(1)
  await first.close()
  const page = await visit(visitor, 'asked', EPOCH_MS + HOUR_MS)
  await expect.poll(() => entryStates(page)).toEqual(['sent', 'sent'])
  return { ...visitor, page }
}

async function entryStates(page: Page): Promise<readonly string[]> {
  const { entries } = await call(page, 'ledger')
  return entries.map(({ state }) => state).sort()
}

describe('a site that asks for nothing', () => {
  test('gets nothing: no request, no file, no database', async () => {
    const visitor = await arrive()
    const page = await visit(visitor, 'plain', 0, shopAround)
    await visitor.recorder.settled()
    expect(heardFrom(visitor)).toEqual([])
    expect(visitor.recorder.lines().filter((line) => /signal|read-plan|reporting|visitor-view/.test(line))).toEqual([])
    expect((await databases(page)).filter((name) => /signals|budget/.test(name))).toEqual([])
    expect(await call(page, 'forget')).toEqual({ databases: [], journal: [], events: 0 })
    await visitor.context.close()
  })
})

describe('a site with a plan', () => {
  test('gets the declared reports of 40 bytes, one a visit, and nothing else; from somebody who did nothing, the same', async () => {
    const visitor = await comeBack(shopAround)
    const heard = heardFrom(visitor)
    const reports = reportsOf(visitor)
    // No CORS preflight either: each is one request.
    expect(new Set(heard.map(({ method, url }) => `${method} ${url}`))).toEqual(new Set(['GET /v1/plan.json', 'POST /v1/reports']))
    expect(reports.map(({ body }) => body.length)).toEqual([40, 40])
    for (const { headers } of heard) {
      expect(Object.keys(headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(cookie|referer|content-type|if-none-match|if-modified-since)$/)]),
      )
    }
    const now = epochOf(Date.now())
    expect(reports.map(({ body }) => decodeReport(body).epoch)).toEqual([now, now])
    const { entries, budget } = await call(visitor.page, 'ledger')
    expect(entries.map(({ bytes }) => bytes).sort()).toEqual(reports.map(({ body }) => body.toString('hex')).sort())
    expect(budget).toMatchObject({ epochSpent: 2_000_000, yearSpent: 2_000_000 })
    await visitor.recorder.settled()
    expect(visitor.recorder.leaked(['chairs-0', 'chairs-3', 'leather chair for the back', 'A-1001'])).toEqual([])
    await visitor.context.close()

    const stranger = await comeBack()
    const lines = (requests: readonly Heard[]) =>
      requests.map(({ method, url, body, headers }) => [method, url, body.length, Object.keys(headers)])
    expect(lines(heardFrom(stranger))).toEqual(lines(heard))
    await stranger.context.close()
  })

  test('shows the visitor what would be said, and forgets all but what it has cost', async () => {
    const visitor = await comeBack(shopAround)
    const preview = await call(visitor.page, 'previewSignals')
    expect(preview.metrics.map(({ metric, buckets, truth }) => [metric, buckets[truth]])).toEqual([
      ['funnel', 'none'],
      ['interest', 'none'],
    ])
    expect((await call(visitor.page, 'exportData')).signals?.entries).toHaveLength(2)
    const kept = [{ epoch: epochOf(Date.now()), spent: 2_000_000 }]
    expect(await call(visitor.page, 'forget')).toEqual({ databases: [], journal: [], events: 0, kept })
    expect(await databases(visitor.page)).toEqual(['sotto-budget:default'])
    expect(await call(visitor.page, 'ledger')).toMatchObject({ entries: [], budget: { records: kept } })
    await visitor.context.close()
  })

  test('costs a visit with nothing due one small file, and one with something due another before its moment', async () => {
    const visitor = await comeBack()
    const files = (from = 0) =>
      [
        ...visitor.recorder
          .lines()
          .slice(from)
          .join()
          .matchAll(/chunks\/(open-signals|reporting|visitor-view|oblivious)/g),
      ].map(([, name]) => name)
    expect(files()).toContain('reporting')
    const from = visitor.recorder.said.length
    await visitor.page.goto(`${shop.origin}/asked/`)
    await expect.poll(() => files(from)).toEqual(['open-signals'])
    // Longer than it takes to read when the turn comes.
    await visitor.page.waitForTimeout(500)
    expect(files(from)).toEqual(['open-signals'])
    await visitor.context.close()
  })

  test('sent by a relay, has what sends it loaded when the page opens: asked for in the moment itself, the file would tell the moment', async () => {
    const visitor = await arrive()
    const open = async (shiftMs: number) => {
      setClock(shiftMs)
      const page = await visitor.context.newPage()
      await page.goto(`${shop.origin}/relayed/`)
      return page
    }
    const begin = await open(0)
    await expect.poll(async () => (await noted(begin)).seenAt).toBeGreaterThan(0)
    await begin.close()
    const ready = await open(EPOCH_MS)
    await expect.poll(async () => (await noted(ready)).seenAt).toBeGreaterThan(Date.now() + MIDWEEK_MS + EPOCH_MS / 2)
    setClock(EPOCH_MS + LATER_MS)
    await ready.goto(`${shop.origin}/relayed/`)
    await expect.poll(async () => (await noted(ready)).ready).toBeGreaterThan(0)
    await ready.close()
    const from = visitor.recorder.said.length
    // The moment is far off by this clock.
    const waiting = await open(EPOCH_MS)
    await expect.poll(() => visitor.recorder.lines().slice(from).join()).toContain('chunks/oblivious')
    expect(visitor.recorder.lines().filter((line) => line.startsWith('POST'))).toEqual([])
    await waiting.close()
    await visitor.context.close()
  })

  test('notes no visit of a page on which all was forgotten, before that or after, but the next page’s', async () => {
    const visitor = await arrive()
    setClock(0)
    const page = await visitor.context.newPage()
    await page.goto(`${shop.origin}/asked/`)
    // Its visit waits for a quiet moment, then.
    await page.waitForSelector('sotto-shelf >> li')
    await call(page, 'forget')
    await call(page, 'recommend', { strategy: 'for-you' })
    // Longer than a quiet moment is waited for.
    await page.waitForTimeout(800)
    expect(await databases(page)).toEqual([])
    await page.reload()
    await expect.poll(() => databases(page)).toContain('sotto:default:signals')
    await visitor.context.close()
  })

  test('gets nothing after a refusal, nor where the browser opted out', async () => {
    const visitor = await arrive()
    await visit(visitor, 'opted-out', 0, shopAround)
    const page = await visit(visitor, 'opted-out', EPOCH_MS)
    expect(await call(page, 'ledger')).toMatchObject({ state: 'opted-out', entries: [] })
    await call(page, 'setConsent', 'denied')
    expect(await call(page, 'ledger')).toMatchObject({ state: 'opted-out', entries: [] })
    await call(page, 'setConsent', 'pending')
    expect(await attempt(page, 'ledger')).toMatchObject({ failure: { code: 'consent-pending' } })
    expect(heardFrom(visitor)).toEqual([])
    await visitor.context.close()
  })

  test('loses what waited when consent is refused', async () => {
    const visitor = await arrive()
    collector.status = 503
    try {
      await (await visit(visitor, 'asked', 0, shopAround)).close()
      const page = await visit(visitor, 'asked', EPOCH_MS)
      await expect.poll(() => reportsOf(visitor).length).toBe(1)
      await call(page, 'setConsent', 'denied')
      expect(await call(page, 'ledger')).toMatchObject({ state: 'consent', entries: [] })
      expect(await databases(page)).toEqual(['sotto-budget:default'])
    } finally {
      collector.status = 200
      await visitor.context.close()
    }
  })
})
