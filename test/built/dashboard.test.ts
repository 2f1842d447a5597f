import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { launch } from '../support/built-page'
import { serve } from '../support/built-server'
import { madeDocument } from '../support/estimates-document'
import { shopDocument } from '../support/estimates-shop'

const BUILT = fileURLToPath(new URL('../../collector/dist/dashboard/', import.meta.url))
/** What the collector serves it under. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"
/** A Tuesday, after the week of 9 to 15 November was published. */
const NOW = '2026-11-24T12:00:00Z'

const shop = shopDocument()

let browser: Browser
beforeAll(async () => {
  if (!existsSync(`${BUILT}index.html`)) throw new Error(`${BUILT} holds no dashboard; run \`npm run build\` once`)
  browser = await launch()
})
afterAll(() => browser.close())

let server: Awaited<ReturnType<typeof serve>>
let context: BrowserContext
/** What the console said, what broke, what the policy blocked, and what tried to leave. */
let complaints: string[] = []
/** Served for `/v1/estimates`; absent: 404. */
let pages: Record<string, string> = {}

afterEach(async () => {
  expect(complaints).toEqual([])
  await context.close()
  await server.close()
})

type Look = { readonly width?: number; readonly policy?: string }

async function open(estimates: EstimatesDocument | undefined, { width = 1280, policy = POLICY }: Look = {}): Promise<Page> {
  pages = estimates ? { '/v1/estimates': JSON.stringify(estimates) } : {}
  complaints = []
  server = await serve({ roots: { '/': BUILT }, pages, headers: { 'content-security-policy': policy } })
  context = await browser.newContext({ viewport: { width, height: 900 } })
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'data:' && url.origin !== server.origin) complaints.push(`request to ${url.origin}`)
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
  })
  await page.clock.setFixedTime(NOW)
  await page.goto(`${server.origin}/`)
  await page.waitForSelector('main section')
  return page
}

/** The card of a metric of the shop. */
const cardOf = (name: string) => `.card:has(h3:text-is("${shop.epochs[0]!.metrics.find((metric) => metric.name === name)!.title}"))`
const text = async (page: Page, selector: string) => (await page.innerText(selector)).replaceAll('\u00a0', ' ')

describe('the dashboard', () => {
  test('draws every question of the latest week, under a strict policy and from the estimates alone', async () => {
    const page = await open(shop)
    await page.waitForSelector('.card svg')
    const metrics = shop.epochs[0]!.metrics
    expect(await page.locator('.tile').count()).toBe(metrics.length)
    expect(await page.locator('.card').count()).toBe(metrics.length)
    expect(await page.locator('.card--withheld').count()).toBe(1)
    // One place a chart: of the week, and of all weeks where there are several.
    const places = await page.locator('.chart-place').count()
    await expect.poll(() => page.locator('.chart-place svg.chart').count()).toBe(places)
    expect(places).toBeGreaterThan(20)
    expect(server.requests.map(({ url }) => url).toSorted()).toEqual(['/', '/dashboard.css', '/dashboard.js', '/v1/estimates'])
    expect(server.requests.at(-1)?.headers.cookie).toBeUndefined()
  })

  test('says what the numbers are, of whom, how sure, and on how many reports', async () => {
    const page = await open(shop)
    const funnel = await text(page, cardOf('funnel'))
    expect(funnel).toMatch(/Between \d % and \d+ % of the browsers that came back bought something\./)
    expect(funnel).toMatch(/Up from the week before\? Too few to tell: the change lies between −\d+ and \+\d+ points\./)
    expect(funnel).toContain('24,000 reports · every browser that came back was asked · ε = 1')
    const all = await text(page, 'main')
    expect(all).toContain('50 % of the browsers that came back were asked, drawn at random')
    expect(all).toContain('Withheld: fewer than 50 reports came.')
    expect(all).toContain('with ε = 2, whatever a report says is at most 7.4 times as likely')
    expect(all).toContain('The site changed its plan: 9f8e7d6c is new in this week.')
    expect(all).toContain('The week of 16 to 22 November 2026 is published on Monday, 30 November 2026, 01:00 UTC.')
    expect(all).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  test('has every figure of a chart in a table too, and a chart is told in words', async () => {
    const page = await open(shop)
    await page.click(`${cardOf('viewed-items')} summary:text-is("The week as a table")`)
    const rows = page.locator(`${cardOf('viewed-items')} .figures[open] tbody tr`)
    expect(await rows.count()).toBe(64)
    const labels = await page.$$eval('[role=img]', (all) => all.map((one) => one.getAttribute('aria-label')))
    for (const label of labels) expect(label).toMatch(/All figures stand in the table below\.$/)
  })

  test('shows an earlier week when asked, by keyboard too', async () => {
    const page = await open(shop)
    expect(await page.$$eval('#week option', (all) => all.length)).toBe(6)
    await page.focus('#week')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.$eval('#week', (select) => (select as HTMLSelectElement).value)).toBe(String(shop.epochs[2]!.epoch))
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('week')
    // Nothing was withheld then, and the newest question was not asked.
    await expect.poll(() => page.locator('.card--withheld').count()).toBe(0)
    expect(await page.locator('.card').count()).toBe(shop.epochs[2]!.metrics.length)
    await page.selectOption('#week', String(shop.epochs.at(-1)!.epoch))
    await expect.poll(() => text(page, cardOf('funnel'))).toContain('there is nothing to compare it with yet')
  })

  test('fits windows of 360 to 1600 pixels, tables unfolded', async () => {
    const page = await open(shop, { width: 1600 })
    await page.waitForSelector('.card svg')
    await page.$$eval('details', (all) => {
      for (const one of all) one.open = true
    })
    for (const width of [1600, 1280, 768, 360]) {
      await page.setViewportSize({ width, height: 900 })
      const right = () => page.$$eval('.chart-place svg', (all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)))
      await expect.poll(right).toBeLessThanOrEqual(width)
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    }
  })

  test('follows the scheme of the system, is light on paper with its tables unfolded, and moves nothing for those who asked for that', async () => {
    const page = await open(shop)
    await page.waitForSelector('.card svg [aria-label=bar] > *')
    const colours = () =>
      page.evaluate(() => ({
        ground: getComputedStyle(document.body).backgroundColor,
        bar: getComputedStyle(document.querySelector('.card svg [aria-label=bar] > *')!).fill,
      }))
    expect(await colours()).toEqual({ ground: 'rgb(244, 245, 250)', bar: 'rgb(157, 176, 255)' })
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await colours()).toEqual({ ground: 'rgb(15, 17, 32)', bar: 'rgb(74, 95, 214)' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light')
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.$$eval('details', (all) => all.every((one) => one.open))).toBe(true)
    const scrolling = () => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)
    expect(await scrolling()).toBe('smooth')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect([await scrolling(), await page.evaluate(() => document.getAnimations().length)]).toEqual(['auto', 0])
  })

  test('shows a metric by what it is called, never as markup', async () => {
    const [week, ...rest] = shop.epochs
    const [first, ...others] = week!.metrics
    const page = await open({
      ...shop,
      epochs: [{ ...week!, metrics: [{ ...first!, title: '<img src=x onerror=alert(1)>' }, ...others] }, ...rest],
    })
    expect(await text(page, '.card h3')).toBe('<img src=x onerror=alert(1)>')
  })
})

describe('where there is little to show', () => {
  test('nothing is published yet: it says when', async () => {
    const page = await open(madeDocument({}, []))
    const said = await text(page, 'main')
    expect(said).toContain('Nothing is published yet')
    expect(said).toContain('about the week of 16 to 22 November 2026, it appears on Monday, 30 November 2026, 01:00 UTC')
  })

  test('one week only: no trend, no comparison', async () => {
    const page = await open({ ...shop, epochs: shop.epochs.slice(0, 1) })
    expect(await page.locator('#week').count()).toBe(0)
    expect(await text(page, '.week')).toBe('Week of 9 to 15 November 2026')
    expect(await text(page, 'main')).toContain('A trend is drawn from the second week on.')
    expect(new Set(await page.$$eval('.tile:not(.tile--withheld) .verdict', (all) => all.map((one) => one.textContent)))).toEqual(
      new Set(['· first week', '▲ a difference is shown', '· for the next pack']),
    )
  })

  test('everything is withheld: it says why', async () => {
    const [week] = shop.epochs
    const metrics = week!.metrics.map(({ groups: _, ...rest }) => ({ ...rest, withheld: 'fewer than 50 reports' as const }))
    const page = await open({ ...shop, epochs: [{ ...week!, metrics }] })
    expect(await text(page, 'main .notice')).toContain('Nothing can be said of this week.')
    expect(await page.locator('.card--withheld').count()).toBe(metrics.length)
    expect(await page.locator('svg').count()).toBe(0)
  })

  test('nobody was asked anything in a week: it says so, and when the next appears', async () => {
    const [week] = shop.epochs
    const page = await open({ ...shop, epochs: [{ ...week!, metrics: [] }] })
    expect(await text(page, 'main')).toMatch(/^No report came about this week.*is published on Monday, 30 November 2026/s)
  })

  test('the estimates cannot be had: it says so, and another try may do', async () => {
    const page = await open(undefined)
    expect(await text(page, '[role=alert]')).toContain('The collector answered 404 where 200 was expected')
    // The browser says of the refused request what the page says.
    await expect.poll(() => complaints.join()).toContain('404')
    complaints.length = 0
    pages['/v1/estimates'] = JSON.stringify(shop)
    await page.click('text=Try again')
    await page.waitForSelector('.tile')
  })
})

test('a policy that is broken would be heard', async () => {
  const page = await open(shop, { policy: POLICY.replace("style-src 'self'", "style-src 'none'") })
  await page.waitForSelector('main section')
  await expect.poll(() => complaints.join()).toContain('style-src')
  complaints = []
})

test('the page itself has no inline script or style, and names nothing elsewhere', () => {
  const html = readFileSync(`${BUILT}index.html`, 'utf8')
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=|https?:/)
})
