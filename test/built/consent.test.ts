import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ITEMS } from '../support/built-items'
import { attempt, call, DIST, databases, launch, type SottoWindow, shopPage, view, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

const body = '<sotto-shelf>Fallback</sotto-shelf>'

let browser: Browser
let server: Server
let visitor: BrowserContext

beforeAll(async () => {
  browser = await launch()
  const shop = (consent: string) => shopPage({ attributes: `data-catalog="/catalog.json" ${consent}`, body })
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/catalog.json': JSON.stringify(ITEMS),
      '/pending/': shop(''),
      '/granted/': shop('data-consent="granted"'),
      '/session/': shop('data-consent="session"'),
      '/denied/': shop('data-consent="denied"'),
      // No Sotto at all: looks at what is there without touching it.
      '/bare/': '<!doctype html><title>Bare</title>',
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  visitor = await browser.newContext()
})
afterEach(() => visitor.close())

async function open(path: string): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(`${server.origin}/${path}/`)
  return page
}

/** Everything this origin keeps on the disk and in the tab: databases with every record, session storage. Read by the browser itself. */
function readDisk(page: Page) {
  return page.evaluate(async () => {
    const found: Record<string, unknown> = { session: { ...sessionStorage }, local: { ...localStorage } }
    for (const { name, version } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase | undefined>((resolve, reject) => {
        const opening = indexedDB.open(name!)
        // Wiped since it was listed: opening it would bring it back, empty.
        opening.onupgradeneeded = () => {
          opening.transaction!.abort()
          resolve(undefined)
        }
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      if (!database) continue
      for (const store of database.objectStoreNames) {
        found[`${name} ${version} ${store}`] = await new Promise((resolve, reject) => {
          const reading = database.transaction(store).objectStore(store).getAll()
          reading.onsuccess = () => resolve(JSON.stringify(reading.result))
          reading.onerror = () => reject(reading.error)
        })
      }
      database.close()
    }
    return found
  })
}

/** A visitor who was here before and agreed. */
async function remember(...ids: string[]) {
  const page = await open('granted')
  for (const id of ids) await view(page, id)
  await call(page, 'recommend', { strategy: 'for-you' })
  await expect.poll(() => databases(page)).toEqual(['sotto:default', 'sotto:default:catalog'])
  await page.close()
}

describe('pending', () => {
  test('starts, reads and writes nothing', async () => {
    const page = await open('pending')
    expect(await view(page, 'lamps-0')).toMatchObject({ outcome: 'held' })
    for (const [method, argument] of [
      ['recommend', { strategy: 'similar', itemId: 'lamps-0' }],
      ['explain', 'lamps-0'],
      ['profile', undefined],
      ['history', undefined],
      ['exportData', undefined],
    ] as const) {
      expect(await attempt(page, method, argument)).toMatchObject({ failure: { code: 'consent-pending' } })
    }
    expect(await call(page, 'rank', ['b', 'a'])).toEqual(['b', 'a'])
    expect(page.workers()).toHaveLength(0)
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
  })

  test('leaves what an earlier visit stored as it is, wiping nothing', async () => {
    await remember('chairs-0', 'chairs-1')
    const bare = await open('bare')
    await bare.evaluate(() => sessionStorage.setItem('sotto:default:left', '[]'))
    const before = await readDisk(bare)
    expect(Object.keys(before).length).toBeGreaterThan(2)
    await bare.goto(`${server.origin}/pending/`)
    await view(bare, 'lamps-0')
    await attempt(bare, 'history')
    await call(bare, 'status')
    expect(await readDisk(bare)).toEqual(before)
    await bare.goto(`${server.origin}/bare/`)
    expect(await readDisk(bare)).toEqual(before)
  })

  test('what was held goes where the answer says: stored, or let go', async () => {
    const page = await open('pending')
    await view(page, 'lamps-0')
    await call(page, 'setConsent', 'granted')
    expect(await viewedItems(page)).toEqual(['lamps-0'])
    const other = await open('pending')
    await view(other, 'phones-0')
    await call(other, 'setConsent', 'denied')
    await call(other, 'setConsent', 'granted')
    expect(await viewedItems(other)).toEqual([])
  })
})

describe('session', () => {
  test('adapts for this page, never touches the disk, and is forgotten with it', async () => {
    const page = await open('session')
    expect(await view(page, 'lamps-0')).toMatchObject({ outcome: 'memory' })
    const { items } = await call(page, 'recommend', { strategy: 'for-you', limit: 1 })
    expect(items[0]!.evidence).toMatchObject({ kind: 'history', because: [{ itemId: 'lamps-0' }] })
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
    expect((await call(page, 'status')).storage).toMatchObject({ kind: 'memory', events: 1 })
    await page.reload()
    expect(await viewedItems(page)).toEqual([])
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
  })

  test('neither reads nor changes what an earlier visit stored', async () => {
    await remember('chairs-0')
    const bare = await open('bare')
    const before = await readDisk(bare)
    const page = await open('session')
    await view(page, 'lamps-0')
    await call(page, 'recommend', { strategy: 'for-you' })
    expect(await viewedItems(page)).toEqual(['lamps-0'])
    expect(await readDisk(bare)).toEqual(before)
  })

  test('granted afterwards stores what the page remembered', async () => {
    const page = await open('session')
    await view(page, 'lamps-0')
    await call(page, 'setConsent', 'granted')
    await page.goto(`${server.origin}/granted/`)
    expect(await viewedItems(page)).toEqual(['lamps-0'])
  })
})

describe('denied', () => {
  test('wipes, and the browser lists nothing any more', async () => {
    await remember('chairs-0', 'chairs-1')
    const page = await open('denied')
    expect(await view(page, 'lamps-0')).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
    await expect.poll(() => readDisk(page)).toEqual({ session: {}, local: {} })
    expect(await attempt(page, 'recommend', { strategy: 'for-you' })).toMatchObject({ failure: { code: 'consent-denied' } })
    expect(await call(page, 'history')).toEqual([])
    expect(await call(page, 'rank', ['b', 'a'])).toEqual(['b', 'a'])
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    expect(await databases(page)).toEqual([])
  })

  test('right after the page started with consent: no database comes into being later', async () => {
    const page = await open('granted')
    await page.evaluate(() => void (window as unknown as SottoWindow).sotto.setConsent('denied'))
    await call(page, 'recommend', { strategy: 'similar', itemId: 'chairs-0' })
    await call(page, 'setConsent', 'denied')
    // Saving waits for a quiet moment: longer than that.
    await page.waitForTimeout(600)
    expect(await databases(page)).toEqual([])
  })

  test('and granted again at once: what is stored from then on stays, whatever other tabs are wiping', async () => {
    const other = await open('granted')
    await view(other, 'lamps-0')
    const page = await open('granted')
    for (let round = 0; round < 8; round++) {
      await call(page, 'setConsent', 'denied')
      await call(page, 'setConsent', 'granted')
      expect(await view(page, `chairs-${round % 6}`)).toMatchObject({ outcome: 'stored' })
      expect(await viewedItems(page)).toEqual([`chairs-${round % 6}`])
    }
    await page.waitForTimeout(300)
    expect(await viewedItems(page)).toHaveLength(1)
  })

  test('resolves when all is wiped', async () => {
    await remember('chairs-0')
    const page = await open('granted')
    expect(await call(page, 'history')).toHaveLength(1)
    await call(page, 'setConsent', 'denied')
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
  })

  test('in one tab reaches the other, which stores nothing from then on', async () => {
    const [first, second] = [await open('granted'), await open('granted')]
    await view(first, 'chairs-0')
    expect(await viewedItems(second)).toEqual(['chairs-0'])
    await second.waitForSelector('sotto-shelf >> li')
    await second.evaluate(async () => {
      Object.assign(window, { heard: [] })
      const { sotto, heard } = window as unknown as SottoWindow & { heard: string[] }
      await sotto.on('change', ({ kind }: { kind: string }) => heard.push(kind))
    })
    await call(first, 'setConsent', 'denied')
    await expect.poll(() => second.evaluate(() => (window as unknown as { heard: string[] }).heard)).toContain('consent')
    expect((await call(second, 'status')).consent).toBe('denied')
    expect(await view(second, 'chairs-1')).toMatchObject({ outcome: 'dropped', reason: 'consent-denied' })
    expect(await call(second, 'history')).toEqual([])
    expect(await second.locator('sotto-shelf >> li').count()).toBe(0)
    await expect.poll(() => readDisk(second)).toEqual({ session: {}, local: {} })
  })
})

describe('a page that is only being prerendered', () => {
  test('records nothing, whatever the consent, until it is shown', async () => {
    const page = await visitor.newPage()
    await page.addInitScript(() => {
      Object.defineProperty(document, 'prerendering', { configurable: true, get: () => !(window as { isShown?: boolean }).isShown })
    })
    await page.goto(`${server.origin}/granted/`)
    expect(await view(page, 'lamps-0')).toMatchObject({ outcome: 'held' })
    expect(await attempt(page, 'history')).toMatchObject({ failure: { code: 'consent-pending' } })
    expect(page.workers()).toHaveLength(0)
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
    await page.evaluate(() => {
      Object.assign(window, { isShown: true })
      document.dispatchEvent(new Event('prerenderingchange'))
    })
    await expect.poll(() => viewedItems(page)).toEqual(['lamps-0'])
  })
})

describe('forget', () => {
  test('deletes it all and proves it by what the browser lists; the page goes on empty', async () => {
    await remember('chairs-0', 'chairs-1')
    const page = await open('granted')
    await page.waitForSelector('sotto-shelf >> li')
    expect(await call(page, 'forget')).toEqual({ databases: [], journal: [], events: 0 })
    expect(await readDisk(page)).toEqual({ session: {}, local: {} })
    expect(await call(page, 'history')).toEqual([])
    await view(page, 'lamps-0')
    expect(await viewedItems(page)).toEqual(['lamps-0'])
  })

  test('takes what was tracked in the same breath along', async () => {
    const page = await open('granted')
    await page.evaluate(async () => {
      const { sotto } = window as unknown as SottoWindow
      void sotto.track('like', { items: [{ item_id: 'chairs-0' }] })
      await sotto.forget()
    })
    expect(await call(page, 'history')).toEqual([])
    await page.reload()
    expect(await call(page, 'history')).toEqual([])
  })
})
