import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Sotto, SottoOptions } from '../../src/api'
import { ITEMS } from '../support/built-items'
import { attempt, call, DIST, databases, launch, modulePage, shopPage, view, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

/** The window of a page that makes its Sottos and their workers itself. */
type OwnWindow = { createSotto(options: SottoOptions): Promise<Sotto>; sotto: Sotto; workers: Worker[]; makeWorker(): Worker }

const own = modulePage(`window.workers = []
window.makeWorker = () => { const worker = new Worker('/sotto/worker.js', { type: 'module' }); workers.push(worker); return worker }
window.sotto = await createSotto({ catalog: '/catalog.json', consent: 'granted', worker: makeWorker })`)

let browser: Browser
let server: Server
let page: Page

beforeAll(async () => {
  browser = await launch()
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/own/': own,
      '/module/': modulePage(''),
      '/missing/': shopPage({
        attributes: 'data-consent="granted" data-worker-src="/no-such-worker.js" data-catalog="/catalog.json"',
        body: '<sotto-shelf>Fallback</sotto-shelf>',
      }),
      '/throws/': shopPage({
        attributes: 'data-consent="granted" data-worker-src="/throws.js"',
        body: '<sotto-shelf>Fallback</sotto-shelf>',
      }),
      '/throws.js': 'throw new Error("broken")',
      '/catalog.json': JSON.stringify(ITEMS),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(() => page.context().close())

async function open(path: string) {
  page = await (await browser.newContext()).newPage()
  // Before any script of the page: its clock can then be wound on, past the deadlines.
  await page.clock.install()
  await page.goto(server.origin + path)
  await page.waitForFunction(() => 'sotto' in window || 'createSotto' in window)
}

/** Kills the worker without a word, as a browser short of memory does, and lets the deadlines of what is under way pass. */
async function kill() {
  await page.evaluate(() => (window as unknown as OwnWindow).workers.at(-1)!.terminate())
}

describe('the worker killed', () => {
  test('in mid-call: the call rejects, another worker starts, and what was acknowledged is there', async () => {
    await open('/own/')
    for (const id of ['chairs-0', 'chairs-1', 'chairs-2']) await view(page, id)
    await kill()
    const reading = attempt(page, 'recommend', { strategy: 'for-you' })
    const tracking = call(page, 'track', 'view_item', { items: [{ item_id: 'chairs-3' }] })
    await page.clock.runFor(20_000)
    expect(await reading).toMatchObject({ failure: { code: 'worker-lost' } })
    expect(await tracking).toMatchObject({ outcome: 'stored' })
    expect(await viewedItems(page)).toEqual(['chairs-0', 'chairs-1', 'chairs-2', 'chairs-3'])
    expect((await call(page, 'recommend', { strategy: 'for-you', limit: 1 })).items[0]!.id).toMatch(/^chairs/)
    expect((await call(page, 'status')).worker).toEqual({ state: 'ready', restarts: 1 })
  })

  test('right after it was given an event: the event is stored once', async () => {
    await open('/own/')
    await call(page, 'status')
    const tracking = page.evaluate(async () => {
      const { sotto, workers } = window as unknown as OwnWindow
      const receipts = ['a', 'b', 'c'].map((item_id) => sotto.track('view_item', { items: [{ item_id }] }))
      // It is posted in a microtask, so the worker has it when it dies, and may or may not have stored it.
      await Promise.resolve().then(() => {})
      workers.at(-1)!.terminate()
      return (await Promise.all(receipts)).map(({ outcome }) => outcome)
    })
    await page.clock.runFor(20_000)
    expect(await tracking).toEqual(['stored', 'stored', 'stored'])
    expect(await viewedItems(page)).toEqual(['a', 'b', 'c'])
  })

  test('twice: it stays away, calls reject at once, listings keep their order, and what was acknowledged is there on the next page', async () => {
    await open('/own/')
    await view(page, 'lamps-0')
    for (let times = 0; times < 2; times++) {
      expect((await call(page, 'status')).worker).toEqual({ state: 'ready', restarts: times })
      await kill()
      const reading = attempt(page, 'history')
      await page.clock.runFor(20_000)
      expect(await reading).toMatchObject({ failure: { code: 'worker-lost' } })
    }
    expect((await call(page, 'status')).worker).toMatchObject({ state: 'failed', restarts: 1, fault: { code: 'worker-lost' } })
    expect(await call(page, 'rank', ['b', 'a'])).toEqual(['b', 'a'])
    expect(await call(page, 'track', 'like', {})).toMatchObject({ outcome: 'held' })
    expect((await call(page, 'status')).journal.waiting).toBe(1)
    await page.goto(`${server.origin}/own/`)
    await page.waitForFunction(() => 'sotto' in window)
    expect(await viewedItems(page)).toEqual(['lamps-0'])
  })
})

describe('a worker that cannot start', () => {
  test.each(['/missing/', '/throws/'])('%s: the page is as it was, and status() says why', async (path) => {
    const errors: string[] = []
    await open(path)
    page.on('pageerror', ({ message }) => errors.push(message))
    await expect.poll(async () => (await call(page, 'status')).worker).toMatchObject({ state: 'failed', fault: { code: 'worker-failed' } })
    expect(await attempt(page, 'recommend', { strategy: 'for-you' })).toMatchObject({ failure: { code: 'worker-failed' } })
    expect(await call(page, 'rank', ['b', 'a'])).toEqual(['b', 'a'])
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    expect(errors).toEqual([])
  })
})

describe('several on one page', () => {
  test('of one namespace are one, with one worker', async () => {
    await open('/module/')
    const isSame = await page.evaluate(async () => {
      const { createSotto } = window as unknown as OwnWindow
      const [first, second] = await Promise.all([createSotto({ consent: 'granted' }), createSotto({ consent: 'granted' })])
      await second.track('page_view')
      return first === second
    })
    expect(isSame).toBe(true)
    expect(page.workers()).toHaveLength(1)
  })

  test('of two namespaces are two, and neither knows of the other', async () => {
    await open('/module/')
    const counts = await page.evaluate(async () => {
      const { createSotto } = window as unknown as OwnWindow
      const blue = await createSotto({ consent: 'granted', namespace: 'blue' })
      const red = await createSotto({ consent: 'granted', namespace: 'red' })
      await blue.track('view_item', { items: [{ item_id: 'a' }] })
      await red.track('view_item', { items: [{ item_id: 'b' }] })
      await red.track('like')
      const before = [(await blue.history()).length, (await red.history()).length]
      const proof = await red.forget()
      return { before, left: proof.databases, after: [(await blue.history()).length, (await red.history()).length] }
    })
    expect(counts).toEqual({ before: [1, 2], left: [], after: [1, 0] })
    expect(page.workers()).toHaveLength(2)
    expect(await databases(page)).toEqual(['sotto:blue'])
  })

  test('closed: the worker ends, calls reject, and the namespace can be had anew with its history', async () => {
    await open('/own/')
    await view(page, 'lamps-1')
    await call(page, 'close')
    await expect.poll(() => page.workers()).toHaveLength(0)
    for (const method of ['history', 'recommend', 'forget'] as const) {
      expect(await attempt(page, method, ...(method === 'recommend' ? [{ strategy: 'for-you' }] : []))).toMatchObject({
        failure: { code: 'closed' },
      })
    }
    await page.evaluate(async () => {
      const own = window as unknown as OwnWindow
      own.sotto = await own.createSotto({ consent: 'granted' })
    })
    expect(await viewedItems(page)).toEqual(['lamps-1'])
    expect(page.workers()).toHaveLength(1)
  })
})
