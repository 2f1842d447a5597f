import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, go, kindsOf, listed, lookAt, openPanel, recommended, wholeShop } from '../support/demo-visitor'

/** What a request can carry: the server's own view of it. */
const carries = ({ method, url, body }: DemoServer['requests'][number]) => method !== 'GET' || url.includes('?') || body !== ''

describe('the network of the demo shop', () => {
  let demo: DemoServer
  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(() => demo.close())

  /** Looks at, searches, puts in the cart and buys. */
  async function shopAround({ page }: Visit): Promise<string[]> {
    await answer(page, 'granted')
    await go(page, '#/c/technology/phones')
    const ids = await listed(page, 2)
    await lookAt(page, ids)
    await page.click('text=Add to cart')
    await page.fill('#search', 'headphones')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.listing__note:has-text("by meaning")')
    await go(page, '#/checkout')
    await page.click('text=Place the pretend order')
    await page.waitForSelector('text=Thank you')
    return ids
  }

  test('no request of page or worker carries behaviour', async () => {
    const first = demo.requests.length
    const visit = await demo.visit()
    const ids = await shopAround(visit)
    const made = demo.requests.slice(first)
    expect(made.filter(carries)).toEqual([])
    expect(made.filter(({ url }) => ids.some((id) => url.includes(id)))).toEqual([])
    expect(made.map(({ url }) => url)).toContain('/catalog.pack')
    await openPanel(visit.page, 'network')
    await expect.poll(() => visit.page.textContent('[data-count=carrying]')).toBe('0')
    const shown = () => visit.page.$$eval('.request', (lines) => lines.map((line) => line.textContent ?? ''))
    // The panel names the worker's requests too: the catalogue is only ever fetched there.
    const ofCatalogue = async () => (await shown()).filter((line) => line.startsWith('/catalog.pack'))
    await expect.poll(ofCatalogue).toEqual(['/catalog.packworker · network'])
    // Whatever the server saw since the watch began stands in the panel.
    const paths = new Set(made.map(({ url }) => url).filter((url) => url !== '/service-worker.js'))
    const missing = async () => {
      const lines = await shown()
      return [...paths].filter((path) => !lines.some((line) => line.startsWith(path)))
    }
    await expect.poll(missing).toEqual([])
    expect(visit.complaints).toEqual([])
    await visit.context.close()
  })

  test('a request that carries something is seen: by the server, by the browser, by the panel', async () => {
    const first = demo.requests.length
    const visit = await demo.visit()
    await answer(visit.page, 'granted')
    await visit.page.evaluate(() => fetch('beacon?item=1'))
    await visit.page.evaluate(() => fetch('beacon', { method: 'POST', body: 'item=1' }))
    await visit.page.evaluate(() => fetch('https://elsewhere.example/').catch(() => undefined))
    expect(
      demo.requests
        .slice(first)
        .filter(carries)
        .map(({ method, url }) => `${method} ${url}`),
    ).toEqual(['GET /beacon?item=1', 'POST /beacon'])
    await openPanel(visit.page, 'network')
    await expect.poll(() => visit.page.textContent('[data-count=carrying]')).toBe('2')
    await expect.poll(() => visit.page.locator('.request--carrying').count()).toBe(2)
    // The policy stops what goes elsewhere before it is a request, and the console says so.
    await expect.poll(() => visit.complaints.join('\n')).toMatch(/elsewhere\.example/)
    await visit.context.close()
  })

  test('with the network cut, the shop goes on adapting, even after a reload', async () => {
    const visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/technology/phones')
    const phones = await listed(page, 3)
    await go(page, '#/')
    const before = await recommended(page, 'home')
    // All has to be there first: it comes in parts.
    await wholeShop(page, demo.requests, visit.from)
    await openPanel(page, 'network')
    await page.check('.offline input', { force: true })
    await page.waitForSelector('.offline-note', { state: 'visible' })
    await page.keyboard.press('Escape')

    const made = demo.requests.length
    await lookAt(page, phones)
    await go(page, '#/')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    const after = await recommended(page, 'home')
    expect(after).not.toEqual(before)
    expect((await kindsOf(page, after)).filter((kind) => kind === 'Phones').length).toBeGreaterThanOrEqual(4)
    expect(demo.requests.slice(made)).toEqual([])
    // The switch does cut: what was never fetched is refused.
    expect(await page.evaluate(() => fetch('never-fetched').then(String, () => 'refused'))).toBe('refused')

    await page.reload()
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    await expect.poll(() => recommended(page, 'home')).toEqual(after)
    // A browser asks for the service worker's own script past the service worker: that is how a new one arrives.
    expect(demo.requests.slice(made).filter(({ url }) => url !== '/service-worker.js')).toEqual([])
    await page.waitForSelector('.offline-note', { state: 'visible' })

    const tab = await visit.context.newPage()
    await tab.goto(`${demo.origin}/`)
    await tab.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    await expect.poll(() => recommended(tab, 'home')).toEqual(after)
    await tab.waitForSelector('.offline-note', { state: 'visible' })
    expect(demo.requests.slice(made).filter(({ url }) => url !== '/service-worker.js')).toEqual([])
    await visit.context.close()
  })

  test('a cut network cannot lock the shop out, whatever has become of what was kept', async () => {
    const visit = await demo.visit()
    const { page } = visit
    const cut = async () => {
      await openPanel(page, 'network')
      await page.check('.offline input', { force: true })
      await page.waitForSelector('.offline-note', { state: 'visible' })
    }
    await cut()
    await page.evaluate(async () => {
      const cache = await caches.open('quire-files')
      for (const { url } of await cache.keys()) if (!url.endsWith('/offline-mark')) await cache.delete(url, { ignoreVary: true })
    })
    await page.reload()
    await page.waitForSelector('.hero')
    await page.waitForSelector('.offline-note', { state: 'visible' })
    expect(await page.evaluate(() => fetch('never-fetched').then(String, () => 'refused'))).toBe('refused')

    // A page kept of an earlier version asks for files that are nowhere any more.
    await page.evaluate(async () => {
      const cache = await caches.open('quire-files')
      const stale = '<!doctype html><title>Old</title><script type="module" src="./assets/index-gone.js"></script>'
      await cache.put('./', new Response(stale, { headers: { 'content-type': 'text/html' } }))
    })
    await page.reload()
    expect(await page.title()).toBe('Old')
    await page.reload()
    await page.waitForSelector('.hero')
    expect(await page.evaluate(async () => (await caches.match('offline-mark')) === undefined)).toBe(true)
    await visit.context.close()
  })
})
