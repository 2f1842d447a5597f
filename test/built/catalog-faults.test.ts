import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import type { Sotto, SottoOptions } from '../../src/api'
import { ITEMS } from '../support/built-items'
import { attempt, call, DIST, launch, modulePage, shopPage, view, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'
import { tracedTasks, traceTasks } from '../support/traced-tasks'

type Server = Awaited<ReturnType<typeof serve>>

const JSON_ITEMS = JSON.stringify(ITEMS)
/** Of the processor's time, which no other work on the machine prolongs, ms: a fifth of what the Long Tasks API calls long (50), as phones are slower than what tests. */
const LONG_TASK_MS = 10

let browser: Browser
let server: Server
let page: Page

beforeAll(async () => {
  browser = await launch()
  const { core } = buildPack(ITEMS, { encoder: await encoderFromDisk() })
  const damaged = core.slice()
  // In the middle of the vectors' names: the header no longer is JSON.
  damaged.fill(0xff, 40, 60)
  const wrongLength = core.slice()
  new DataView(wrongLength.buffer).setBigUint64(0, BigInt(core.length * 2), true)
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/sound.pack': core,
      '/damaged.pack': damaged,
      '/cut.pack': core.subarray(0, core.length - 100),
      '/wrong-length.pack': wrongLength,
      '/cut.json': JSON_ITEMS.slice(0, -40),
      '/page.json': '<!doctype html><title>Not found</title>',
      '/object.json': '{"products":[]}',
      '/empty.json': '[]',
      '/useless.json': '[null, {"title":"no id"}, {"id":"no-title"}]',
      '/twice.json': JSON.stringify([...ITEMS, ...ITEMS.slice(0, 5), { id: 'bare' }, 7]),
      '/module/': modulePage(''),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(() => page.context().close())

/** A shop with this catalog; its shelf has a fallback. The page is made for each catalog, so that it starts with it. */
async function open(catalog: string) {
  page = await (await browser.newContext()).newPage()
  const html = shopPage({ attributes: `data-consent="granted" data-catalog="/${catalog}"`, body: '<sotto-shelf>Fallback</sotto-shelf>' })
  await page.route('**/shop/', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto(`${server.origin}/shop/`)
}

describe('a catalog that is', () => {
  test.each([
    ['missing', 'missing.json', 'catalog-failed', { reason: 'http', status: 404 }],
    ['an error page', 'page.json', 'catalog-failed', { reason: 'not-json' }],
    ['cut short', 'cut.json', 'catalog-failed', { reason: 'not-json' }],
    ['another kind of JSON', 'object.json', 'catalog-failed', { reason: 'not-a-list' }],
    ['empty', 'empty.json', 'catalog-failed', { reason: 'empty' }],
    ['without one usable item', 'useless.json', 'catalog-failed', { reason: 'empty' }],
    ['a pack with a damaged header', 'damaged.pack', 'catalog-failed', { reason: 'pack-invalid' }],
    ['a pack cut short', 'cut.pack', 'catalog-failed', { reason: 'pack-invalid' }],
    ['a pack with a wrong header length', 'wrong-length.pack', 'catalog-failed', { reason: 'pack-invalid' }],
  ])('%s: the fallback stays, the calls and status() say so, and the history goes on', async (_, catalog, code, details) => {
    const errors: string[] = []
    await open(catalog)
    page.on('pageerror', ({ message }) => errors.push(message))
    expect(await view(page, 'chairs-1')).toMatchObject({ outcome: 'stored' })
    const failure = { code, details: expect.objectContaining(details) }
    expect(await attempt(page, 'recommend', { strategy: 'for-you' })).toMatchObject({ failure })
    expect((await call(page, 'status')).catalog).toMatchObject({ state: 'failed', loaded: 0, fault: failure })
    expect(await call(page, 'rank', ['b', 'a'])).toEqual(['b', 'a'])
    expect(await viewedItems(page)).toEqual(['chairs-1'])
    expect((await call(page, 'profile')).events).toBe(1)
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    expect(errors).toEqual([])
  })

  test('sound but with duplicates and rubbish: the rest is used, and what was left out is counted', async () => {
    await open('twice.json')
    const { items } = await call(page, 'recommend', { strategy: 'for-you', limit: 200 })
    expect(items.map(({ id }) => id).sort()).toEqual(ITEMS.map(({ id }) => id).sort())
    expect((await call(page, 'status')).catalog).toMatchObject({
      state: 'ready',
      loaded: ITEMS.length,
      problems: { 'duplicate-id': 5, 'without-title': 1, 'not-an-object': 1 },
    })
  })

  test('a sound pack is no fault: the same page shows a shelf', async () => {
    await open('sound.pack')
    await page.waitForSelector('sotto-shelf >> li')
    expect((await call(page, 'status')).catalog).toMatchObject({ state: 'ready', loaded: ITEMS.length, problems: {} })
  })
})

describe('50,000 items given by the page', () => {
  /** @param work is traced on the page. @returns how long each of its long tasks was, ms. */
  async function longTasksOf(work: () => Promise<unknown>) {
    await traceTasks(browser, page)
    await page.evaluate(() => void performance.mark('begin'))
    await work()
    await page.evaluate(() => void performance.mark('end'))
    return (await tracedTasks(browser, 'begin', 'end')).filter((ms) => ms > LONG_TASK_MS)
  }

  test('are handed over without one long task on the page', async () => {
    page = await (await browser.newContext()).newPage()
    await page.goto(`${server.origin}/module/`)
    await page.waitForFunction(() => 'createSotto' in window)
    // Made before the watch begins: making them is the page's own work.
    await page.evaluate(() => {
      const nouns = ['chair', 'lamp', 'binder', 'envelope', 'phone']
      const items = Array.from({ length: 50_000 }, (_, number) => ({
        id: `sku-${number}`,
        title: `${nouns[number % 5]} model ${number % 1000}`,
        categories: ['Office', nouns[number % 5]!],
        price: number % 100,
      }))
      Object.assign(window, { items })
    })
    const found = await longTasksOf(async () => {
      const loaded = await page.evaluate(async () => {
        const { createSotto, items } = window as unknown as { createSotto(o: SottoOptions): Promise<Sotto>; items: unknown[] }
        const sotto = await createSotto({ catalog: items, consent: 'granted' })
        Object.assign(window, { sotto })
        await sotto.track('view_item', { items: [{ item_id: 'sku-1' }] })
        await sotto.recommend({ strategy: 'recently-viewed' })
        return (await sotto.status()).catalog.loaded
      })
      expect(loaded).toBeGreaterThan(0)
      await expect.poll(async () => (await call(page, 'status')).catalog.total).toBe(50_000)
    })
    expect(found).toEqual([])

    // The watch is awake: work of the page's own is seen.
    const own = await longTasksOf(() =>
      page.evaluate((ms) => {
        const end = performance.now() + ms
        while (performance.now() < end);
      }, 10 * LONG_TASK_MS),
    )
    expect(own.length).toBeGreaterThan(0)
  })
})

test('a page whose items cannot be cloned hands over what JSON makes of them', async () => {
  page = await (await browser.newContext()).newPage()
  await page.goto(`${server.origin}/module/`)
  await page.waitForFunction(() => 'createSotto' in window)
  const ids = await page.evaluate(async () => {
    const { createSotto } = window as unknown as { createSotto(o: SottoOptions): Promise<Sotto> }
    const circular: Record<string, unknown> = { id: 'c', title: 'a circle' }
    circular.self = circular
    const catalog = [{ id: 'a', title: 'a desk lamp', render: () => 'no data' }, circular, { id: 'b', title: 'a desk chair' }]
    const sotto = await createSotto({ catalog, consent: 'session' })
    return (await sotto.recommend({ strategy: 'for-you' })).items.map(({ id }) => id)
  })
  expect(ids.sort()).toEqual(['a', 'b'])
})
