import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countKind, ITEMS } from '../support/built-items'
import { attempt, call, DIST, launch, type SottoWindow, shopPage, view, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'
import { wholeBrowserOptions } from '../support/chromium.mjs'

type Server = Awaited<ReturnType<typeof serve>>

const DAY_MS = 86_400_000
const QUOTA_BYTES = 1_000_000
const BATCH_COUNT = 100

/** Workers that change their surroundings before the engine comes: what a browser does to a page is done to the worker too. */
const wrappers = {
  absent: `Object.defineProperty(self, 'indexedDB', { value: undefined })`,
  forbidden: `Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError') } })`,
  failing: `IDBFactory.prototype.open = () => { throw new DOMException('broken', 'UnknownError') }`,
  patient: `const later = setTimeout; self.setTimeout = (task, ms, ...given) => later(task, ms >= 3_000 ? 3 * ms : ms, ...given)`,
  yesterday: `const now = Date.now.bind(Date); Date.now = () => now() - ${DAY_MS}`,
}
type Wrapper = keyof typeof wrappers

const catalog = 'data-catalog="/catalog.json" data-consent="granted"'
const body = '<sotto-shelf>Fallback</sotto-shelf>'

let browser: Browser
let server: Server
let context: BrowserContext
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  const entries = Object.entries(wrappers).flatMap(([name, code]) => [
    [`/${name}.js`, `${code}\nawait import('/sotto/worker.js')`],
    [`/${name}/`, shopPage({ attributes: `${catalog} data-worker-src="/${name}.js"`, body })],
  ])
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      ...Object.fromEntries(entries),
      '/': shopPage({ attributes: catalog, body }),
      '/bare/': '<!doctype html><title>Bare</title>',
      '/list/': shopPage({
        // Long enough for a shelf to be made on a busy machine.
        attributes: 'data-consent="denied" data-worker-src="/patient.js"',
        head: `<script>window.sottoConfig = { catalog: ${JSON.stringify(ITEMS)} }</script>`,
      }),
      '/catalog.json': JSON.stringify(ITEMS),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(() => context.close())

async function open(path: string, from?: BrowserContext): Promise<Page> {
  if (!from) context = await browser.newContext()
  const page = await (from ?? context).newPage()
  errors = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(server.origin + path)
  return page
}

/** The disk refuses and the shop adapts all the same, for as long as the page lasts. */
async function expectItGoesOnInMemory(page: Page, code: string) {
  expect(await view(page, 'lamps-0')).toMatchObject({ outcome: 'memory' })
  await view(page, 'lamps-1')
  const { items } = await call(page, 'recommend', { strategy: 'for-you', limit: 3 })
  expect(
    countKind(
      items.map(({ id }) => id),
      'Lamps',
    ),
  ).toBeGreaterThanOrEqual(2)
  expect((await call(page, 'status')).storage).toMatchObject({ kind: 'memory', fault: { code }, events: 2 })
  expect(await viewedItems(page)).toEqual(['lamps-0', 'lamps-1'])
  await page.waitForSelector('sotto-shelf >> li')
  expect(errors).toEqual([])
}

/** Opens a database as another program would and keeps it open, deaf to requests to let go. */
function hold(page: Page, name: string, version: number) {
  return page.evaluate(
    ([database, number]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(database, number)
        opening.onupgradeneeded = () => opening.result.createObjectStore('theirs')
        opening.onsuccess = () => {
          Object.assign(window, { held: opening.result })
          resolve()
        }
        opening.onerror = () => reject(opening.error)
      }),
    [name, version] as const,
  )
}

describe('IndexedDB refused: memory stands in and status() says so', () => {
  test.each(['absent', 'forbidden', 'failing'] satisfies Wrapper[])('%s in the worker', async (wrapper) => {
    const page = await open(`/${wrapper}/`)
    await expectItGoesOnInMemory(page, 'storage-refused')
    await attempt(page, 'forget')
    expect(await call(page, 'history')).toEqual([])
  })

  test("by the browser's own setting, which refuses session storage too", async () => {
    const profile = mkdtempSync(join(tmpdir(), 'sotto-profile-'))
    mkdirSync(join(profile, 'Default'))
    // What a visitor switches on as "block all cookies".
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }))
    context = await chromium.launchPersistentContext(profile, wholeBrowserOptions())
    const page = await open('/', context)
    expect(
      await page.evaluate(() =>
        [() => sessionStorage, () => indexedDB.open('x')].map((use) => {
          try {
            use()
            return 'allowed'
          } catch (error) {
            return (error as Error).name
          }
        }),
      ),
    ).toContain('SecurityError')
    await expectItGoesOnInMemory(page, 'storage-refused')
    expect((await call(page, 'status')).journal.failures).toBeGreaterThan(0)
    await context.close()
    // The browser's last processes may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  })
})

describe('a database that is', () => {
  test('of a newer version is left as it is', async () => {
    const other = await open('/bare/')
    await hold(other, 'sotto:default', 99)
    const page = await open('/', context)
    await expectItGoesOnInMemory(page, 'storage-newer')
    const versions = await page.evaluate(async () => (await indexedDB.databases()).filter(({ name }) => name === 'sotto:default'))
    expect(versions).toEqual([{ name: 'sotto:default', version: 99 }])
  })

  test('about to be deleted, while another tab holds it: blocked, and then memory', async () => {
    const other = await open('/bare/')
    await hold(other, 'sotto:default', 1)
    await other.evaluate(() => void indexedDB.deleteDatabase('sotto:default'))
    const page = await open('/', context)
    // Until the wait is over nothing is known: the calls wait, the page does not.
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    await expectItGoesOnInMemory(page, 'storage-blocked')
  })

  test('held by another tab while consent is refused: a catalog that the page hands over is there at once', async () => {
    const other = await open('/bare/')
    await hold(other, 'sotto:default', 1)
    const page = await open('/list/', context)
    const started = call(page, 'setConsent', 'denied').catch(({ message }: Error) => message)
    const shelf = await call(page, 'recommend', { strategy: 'similar', itemId: 'chairs-0', limit: 3 })
    expect(shelf.items).toHaveLength(3)
    // The disk is still waited for: it had no say in the above.
    expect(await Promise.race([started, page.evaluate(() => 'still waiting')])).toBe('still waiting')
    expect(await started).toContain('storage-blocked')
  })

  test('held by another tab when all is to be forgotten: forget() says so, having emptied it', async () => {
    const page = await open('/')
    await view(page, 'lamps-0')
    const other = await open('/bare/', context)
    await hold(other, 'sotto:default', 1)
    expect(await attempt(page, 'forget')).toMatchObject({ failure: { code: 'storage-blocked' } })
    const left = await other.evaluate(() => {
      const { held } = window as unknown as { held: IDBDatabase }
      const counting = held.transaction('events').objectStore('events').count()
      return new Promise((resolve) => {
        counting.onsuccess = () => resolve(counting.result)
      })
    })
    expect(left).toBe(0)
  })
})

test('a full disk: the page goes on, and what was acknowledged is there, but for the oldest that made room', async () => {
  const bare = await open('/bare/')
  // Before anything is stored: Chromium remembers how much room an origin had.
  const session = await context.newCDPSession(bare)
  await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: QUOTA_BYTES })
  const page = await open('/', context)
  const outcomes = await page.evaluate(async (batchCount) => {
    const { sotto } = window as unknown as SottoWindow
    const found: string[] = []
    for (let batch = 0; batch < 60 && found.at(-1) !== 'memory'; batch++) {
      const tracked = Array.from({ length: batchCount }, (_, index) =>
        // Long, and unlike another: what is alike is compressed to next to nothing.
        sotto.track('search', {
          search_term: [batch * batchCount + index, ...Array.from({ length: 12 }, () => crypto.randomUUID())].join(' '),
        }),
      )
      for (const receipt of await Promise.all(tracked)) found.push((receipt as { outcome: string }).outcome)
    }
    return found
  }, BATCH_COUNT)
  const storedCount = outcomes.filter((outcome) => outcome === 'stored').length
  expect(storedCount).toBeGreaterThan(BATCH_COUNT)
  expect(outcomes.slice(storedCount)).toEqual(Array.from({ length: BATCH_COUNT }, () => 'memory'))
  expect((await call(page, 'status')).storage).toMatchObject({ kind: 'memory', fault: { code: 'storage-quota' } })
  expect((await call(page, 'recommend', { strategy: 'for-you' })).items.length).toBeGreaterThan(0)
  const numbers = async () => {
    const events = await call(page, 'history', { limit: 10_000 })
    return events.map((event) => Number.parseInt(event.search_term!, 10)).sort((a, b) => a - b)
  }
  const all = await numbers()
  // An unbroken end of what was tracked, at most the oldest tenth gone.
  expect(all).toEqual(Array.from(all, (_, index) => outcomes.length - all.length + index))
  expect(all.length).toBeGreaterThan(0.85 * outcomes.length)

  await session.send('Storage.overrideQuotaForOrigin', { origin: server.origin })
  await page.reload()
  expect((await numbers()).slice(0, all.length - BATCH_COUNT)).toEqual(all.slice(0, -BATCH_COUNT))
  expect(await view(page, 'again')).toMatchObject({ outcome: 'stored' })
  expect(errors).toEqual([])
})

test('a clock set back by a day: nothing is lost, and new events are kept', async () => {
  const page = await open('/')
  for (const id of ['chairs-0', 'chairs-1']) await view(page, id)
  await page.close()
  const earlier = await context.newPage()
  await earlier.addInitScript((ms) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() - ms
  }, DAY_MS)
  await earlier.goto(`${server.origin}/yesterday/`)
  expect(await view(earlier, 'lamps-0')).toMatchObject({ outcome: 'stored' })
  expect(await view(earlier, 'lamps-1')).toMatchObject({ outcome: 'stored' })
  expect((await viewedItems(earlier)).sort()).toEqual(['chairs-0', 'chairs-1', 'lamps-0', 'lamps-1'])
  const { items } = await call(earlier, 'recommend', { strategy: 'for-you', limit: 8 })
  expect(items[0]!.evidence.kind).toBe('history')
  expect(await call(earlier, 'profile')).toMatchObject({ events: 4, counts: { view_item: 4 } })
  // And set right again.
  const now = await open('/', context)
  await expect.poll(() => viewedItems(now)).toHaveLength(4)
  expect(await view(now, 'phones-0')).toMatchObject({ outcome: 'stored' })
})
