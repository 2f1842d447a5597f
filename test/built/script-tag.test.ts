import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countKind, ITEMS } from '../support/built-items'
import {
  attempt,
  call,
  DIST,
  databases,
  launch,
  type Method,
  modulePage,
  type ShopPage,
  type SottoWindow,
  shopPage,
} from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

const CATALOG = JSON.stringify(ITEMS)
const METHODS: readonly Method[] = [
  ...(['track', 'recommend', 'rank', 'explain', 'profile', 'history', 'status', 'exportData', 'forget', 'setConsent', 'on'] as const),
  'ledger',
  'previewSignals',
  'close',
]

let browser: Browser
let server: Server
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())
afterEach(async () => {
  await page.context().close()
  await server.close()
})

/** Opens `/shop/` of a server that has the build under `/deep/er/` and the catalog beside the page. */
async function open(shop: ShopPage, html = shopPage({ src: '/deep/er/sotto.js', ...shop })) {
  server = await serve({
    roots: { '/deep/er/': DIST, '/elsewhere/': DIST },
    pages: { '/shop/': html, '/shop/catalog.json': CATALOG, '/catalog.json': CATALOG },
  })
  page = await (await browser.newContext()).newPage()
  errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`${server.origin}/shop/`)
}

const paths = () => server.requests.map(({ url }) => url)

describe('the build, copied to a sub-path', () => {
  test('runs from there, worker, shelves and text encoder', async () => {
    await open({ attributes: 'data-catalog="catalog.json" data-consent="granted"', body: '<sotto-shelf limit="4">Fallback</sotto-shelf>' })
    for (const id of ['lamps-0', 'lamps-1', 'lamps-2']) await call(page, 'track', 'view_item', { items: [{ item_id: id }] })
    const { items } = await call(page, 'recommend', { strategy: 'for-you', limit: 3 })
    expect(
      countKind(
        items.map(({ id }) => id),
        'Lamps',
      ),
    ).toBeGreaterThanOrEqual(2)
    expect(items[0]!.evidence.kind).toBe('history')
    await page.waitForSelector('sotto-shelf[aria-busy], sotto-shelf >> li')
    expect(paths()).toEqual(
      expect.arrayContaining([
        '/deep/er/worker.js',
        '/deep/er/element.js',
        '/deep/er/text-encoder/vocabulary.txt.gz',
        '/shop/catalog.json',
      ]),
    )
    expect(paths().filter((path) => !path.startsWith('/deep/er/') && !path.startsWith('/shop/'))).toEqual([])
    expect(errors).toEqual([])
  })

  test('as a module too, with the worker beside it', async () => {
    await open({}, modulePage(`window.ready = createSotto({ catalog: 'catalog.json', consent: 'granted' })`, '/deep/er/index.js'))
    const ids = await page.evaluate(async () => {
      const sotto = await (window as unknown as { ready: Promise<import('../../src/api').Sotto> }).ready
      return (await sotto.recommend({ strategy: 'similar', itemId: 'chairs-0', limit: 3 })).items.map(({ id }) => id)
    })
    expect(countKind(ids, 'Chairs')).toBe(3)
    expect(paths()).toContain('/deep/er/worker.js')
  })
})

describe('the global', () => {
  test('has every public method, callable at once, each returning a promise', async () => {
    const calls = METHODS.map((method) => `kept.${method} = sotto.${method}() instanceof Promise`).join('\n')
    // Half of these are calls without the arguments they need: those reject.
    await open({
      attributes: 'data-catalog="catalog.json"',
      body: `<script>addEventListener('unhandledrejection', (event) => event.preventDefault())
      window.kept = {}\n${calls}</script>`,
    })
    const kept = await page.evaluate(() => (window as unknown as { kept: Record<string, boolean> }).kept)
    expect(kept).toEqual(Object.fromEntries(METHODS.map((method) => [method, true])))
    const names = await page.evaluate(() => Object.keys((window as unknown as SottoWindow).sotto))
    expect(names.sort()).toEqual([...METHODS, 'push'].sort())
  })

  test('runs what was queued before it came, calls and functions, in order, and takes more afterwards', async () => {
    await open({
      attributes: 'async data-consent="granted" data-namespace="queue"',
      head: `<script>window.sotto = window.sotto || []; window.told = []
        sotto.push(['track', 'view_item', { items: [{ item_id: 'chairs-1' }] }])
        sotto.push(['track', 'search', { search_term: 'lamp' }], (api) => api.history().then((events) => told.push(events.length)))</script>`,
    })
    await expect.poll(() => page.evaluate(() => (window as unknown as { told: number[] }).told)).toEqual([2])
    await page.evaluate(() => (window as unknown as SottoWindow).sotto.push(['track', 'page_view']))
    await expect.poll(async () => (await call(page, 'history')).map(({ name }) => name)).toEqual(['page_view', 'search', 'view_item'])
  })

  test('a queued call that is wrong says so in the console, and the rest of the queue runs', async () => {
    const said: string[] = []
    server = await serve({
      roots: { '/sotto/': DIST },
      pages: { '/': shopPage({ head: `<script>window.sotto = [['trak'], ['track', 'view_itm'], ['track', 'like']]</script>` }) },
    })
    page = await (await browser.newContext()).newPage()
    errors = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
    await page.goto(server.origin)
    await expect.poll(async () => (await call(page, 'history')).length).toBe(1)
    for (const told of [/track: event/, /sotto: method must be one of .*'trak'/])
      await expect.poll(() => said).toContainEqual(expect.stringMatching(told))
    expect(errors).toEqual([])
  })

  test('the script twice on one page: one worker, one history', async () => {
    await open({ body: '<script src="/deep/er/sotto.js" data-consent="granted"></script>' })
    await call(page, 'track', 'page_view')
    expect(page.workers()).toHaveLength(1)
    expect(await call(page, 'history')).toHaveLength(1)
  })

  test('rejects wrong arguments, naming them', async () => {
    await open({})
    const wrong: readonly [Method, unknown[], string][] = [
      ['track', ['view_itm'], 'track: event'],
      ['track', ['view_item', { items: [{}] }], 'track: params.items[0].item_id'],
      ['recommend', [{ strategy: 'best' }], 'recommend: strategy'],
      ['recommend', [{ strategy: 'for-you', limit: 0 }], 'recommend: limit'],
      ['recommend', [{ strategy: 'similar' }], 'recommend: itemId'],
      ['recommend', [{ strategy: 'for-you', count: 3 }], 'recommend: request'],
      ['rank', ['a,b'], 'rank: ids'],
      ['explain', [''], 'explain: itemId'],
      ['history', [{ limit: 1e6 }], 'history: query.limit'],
      ['setConsent', ['yes'], 'setConsent: consent'],
      ['on', ['chnage', () => {}], 'on: event'],
    ]
    for (const [method, args, argument] of wrong) {
      const given = args.map((arg) => (typeof arg === 'function' ? undefined : arg))
      expect(await attempt(page, method, ...given)).toMatchObject({ failure: { code: 'invalid-argument', details: { argument } } })
    }
  })
})

describe('the attributes', () => {
  test('each does what it says', async () => {
    await open({
      attributes:
        'data-catalog="catalog.json" data-consent="session" data-compute="js" data-namespace="blue" data-worker-src="/elsewhere/worker.js"',
    })
    await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0' })
    const status = await call(page, 'status')
    expect(status).toMatchObject({
      namespace: 'blue',
      consent: 'session',
      storage: { kind: 'memory' },
      compute: { requested: 'js', backend: 'js' },
      catalog: { state: 'ready', loaded: ITEMS.length },
    })
    expect(paths()).toContain('/elsewhere/worker.js')
    expect(paths()).not.toContain('/deep/er/worker.js')
  })

  test('none of them: consent pending, no catalog, nothing started', async () => {
    await open({ attributes: '' })
    expect(await call(page, 'status')).toMatchObject({
      consent: 'pending',
      namespace: 'default',
      worker: { state: 'not-started' },
      catalog: { state: 'none' },
    })
    expect(page.workers()).toHaveLength(0)
  })

  test('window.sottoConfig says the same, and an attribute wins over it', async () => {
    await open({
      attributes: 'data-consent="granted"',
      head: `<script>window.sottoConfig = { catalog: 'catalog.json', consent: 'denied', compute: 'js', namespace: 'gtm', workerSrc: '/elsewhere/worker.js', maxEvents: 100 }</script>`,
    })
    await call(page, 'recommend', { strategy: 'for-you' })
    expect(await call(page, 'status')).toMatchObject({
      consent: 'granted',
      namespace: 'gtm',
      compute: { requested: 'js' },
      catalog: { loaded: ITEMS.length },
    })
    await call(page, 'track', 'page_view')
    expect(await databases(page)).toContain('sotto:gtm')
    expect(paths()).toContain('/elsewhere/worker.js')
  })

  test('put into the page by a script, as tag managers do', async () => {
    const injection = `window.sottoConfig = { catalog: 'catalog.json', consent: 'granted' }
      document.head.append(Object.assign(document.createElement('script'), { src: '/deep/er/sotto.js' }))`
    await open({}, `<!doctype html><title>Shop</title><script>${injection}</script><sotto-shelf>Fallback</sotto-shelf>`)
    await page.waitForSelector('sotto-shelf >> li')
    expect(paths()).toContain('/deep/er/worker.js')
    expect(errors).toEqual([])
  })

  test.each([
    ['data-consent="yes"', 'createSotto: consent'],
    ['data-compute="cuda"', 'createSotto: compute'],
    ['data-namespace="My Shop"', 'createSotto: namespace'],
    ['data-catalog="http://"', 'createSotto: catalog'],
    ['data-catalog=""', 'createSotto: catalog'],
    ['data-worker-src="http://"', 'data-worker-src'],
  ])('%s: the page is as it was, and every call rejects with the name', async (attributes, argument) => {
    const said: string[] = []
    await open({ attributes, body: `<sotto-shelf>Fallback</sotto-shelf><script>window.goesOn = true</script>` })
    page.on('console', (message) => said.push(message.text()))
    for (const method of METHODS) {
      expect(await attempt(page, method)).toMatchObject({ failure: { code: 'invalid-argument', details: { argument } } })
    }
    expect(await page.evaluate(() => (window as unknown as { goesOn: boolean }).goesOn)).toBe(true)
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    expect(page.workers()).toHaveLength(0)
    expect(errors).toEqual([])
  })
})

test('the package throws where the global rejects', async () => {
  await open({}, modulePage('', '/deep/er/index.js'))
  const thrown = await page.evaluate(async () => {
    const { createSotto } = window as unknown as typeof import('../../src/index')
    const sotto = await createSotto({ consent: 'granted' })
    const nameOf = (act: () => unknown) => {
      try {
        act()
        return 'nothing was thrown'
      } catch (error) {
        return (error as { details: { argument: string } }).details.argument
      }
    }
    return [
      nameOf(() => createSotto({ consent: 'yes' } as never)),
      nameOf(() => createSotto({ namespace: 'My Shop' })),
      nameOf(() => createSotto({ catalog: 7 as never })),
      nameOf(() => createSotto({ workerSrc: 'http://' })),
      nameOf(() => createSotto({ worker: 'worker.js' as never })),
      nameOf(() => createSotto({ maxEvents: 1 })),
      nameOf(() => sotto.track('view_itm' as never)),
      nameOf(() => sotto.recommend({ strategy: 'best' as never })),
      nameOf(() => sotto.rank('chairs-1' as never)),
      nameOf(() => sotto.explain('')),
      nameOf(() => sotto.history({ since: Number.NaN })),
      nameOf(() => sotto.setConsent('yes' as never)),
      nameOf(() => sotto.on('change', undefined as never)),
    ]
  })
  expect(thrown).toEqual([
    ...['createSotto: consent', 'createSotto: namespace', 'createSotto: catalog', 'createSotto: workerSrc', 'createSotto: worker'],
    ...['createSotto: maxEvents', 'track: event', 'recommend: strategy', 'rank: ids', 'explain: itemId', 'history: query.since'],
    ...['setConsent: consent', 'on: listener'],
  ])
})
