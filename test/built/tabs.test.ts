import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { call, DIST, launch, type SottoWindow, shopPage, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

const EVENTS_A_TAB = 200

let browser: Browser
let server: Server
let visitor: BrowserContext

beforeAll(async () => {
  browser = await launch()
  server = await serve({ roots: { '/sotto/': DIST }, pages: { '/': shopPage() } })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
beforeEach(async () => {
  visitor = await browser.newContext()
})
afterEach(() => visitor.close())

async function open(): Promise<Page> {
  const page = await visitor.newPage()
  await page.goto(server.origin)
  await call(page, 'status')
  return page
}

/** Tracks at full speed, a few at a time. @returns what the receipts said. */
function trackMany(page: Page, tab: string): Promise<string[]> {
  return page.evaluate(
    async ([name, count]) => {
      const { sotto } = window as unknown as SottoWindow
      const receipts: unknown[] = []
      for (let number = 0; number < count; number += 4) {
        const group = [0, 1, 2, 3].map((more) => sotto.track('view_item', { items: [{ item_id: `${name}-${number + more}` }] }))
        receipts.push(...(await Promise.all(group)))
      }
      return receipts.map((receipt) => (receipt as { outcome: string }).outcome)
    },
    [tab, EVENTS_A_TAB] as const,
  )
}

test('two tabs that track at once: no event is lost or doubled, and both tell the same', async () => {
  const [first, second] = [await open(), await open()]
  const outcomes = await Promise.all([trackMany(first, 'first'), trackMany(second, 'second')])
  expect(outcomes.flat().every((outcome) => outcome === 'stored')).toBe(true)
  const expected = ['first', 'second'].flatMap((tab) => Array.from({ length: EVENTS_A_TAB }, (_, number) => `${tab}-${number}`)).sort()
  const [told, toldToo] = [await viewedItems(first), await viewedItems(second)]
  expect(told.toSorted()).toEqual(expected)
  expect(toldToo).toEqual(told)
  for (const page of [first, second]) {
    expect(await call(page, 'profile')).toMatchObject({ events: 2 * EVENTS_A_TAB, counts: { view_item: 2 * EVENTS_A_TAB }, sessions: 1 })
  }
})

test('a tab hears what the other one did', async () => {
  const [first, second] = [await open(), await open()]
  await second.evaluate(async () => {
    Object.assign(window, { heard: [] })
    const { sotto, heard } = window as unknown as SottoWindow & { heard: string[] }
    await sotto.on('change', ({ kind }: { kind: string }) => heard.push(kind))
  })
  const heard = () => second.evaluate(() => (window as unknown as { heard: string[] }).heard)
  await call(first, 'track', 'like', { items: [{ item_id: 'a' }] })
  await expect.poll(heard).toContain('history')
  expect(await viewedItems(second)).toEqual(['a'])
  await call(first, 'forget')
  await expect.poll(heard).toContain('forgotten')
  expect(await viewedItems(second)).toEqual([])
  await call(second, 'track', 'like', { items: [{ item_id: 'b' }] })
  expect(await viewedItems(first)).toEqual(['b'])
})

test('one purchase reported by two tabs counts once', async () => {
  const [first, second] = [await open(), await open()]
  const purchase = { transaction_id: 'T-1', value: 9, items: [{ item_id: 'a' }] }
  const receipts = await Promise.all([call(first, 'track', 'purchase', purchase), call(second, 'track', 'purchase', purchase)])
  expect(receipts.map(({ outcome }) => outcome).sort()).toEqual(['dropped', 'stored'])
  expect((await call(first, 'profile')).counts).toEqual({ purchase: 1 })
})
