import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, DIST, launch, type SottoWindow, shopPage, viewedItems } from '../support/built-page'
import { serve } from '../support/built-server'

/** Navigations a way. What is lost is lost at random: one alone would tell little. */
const TIMES = 40

type Server = Awaited<ReturnType<typeof serve>>

/**
 * Page number n of a chain: tracks item n and leaves for page n + 1 in the same task, by the way that the query names. `early` does so
 * as soon as the script is there, while the worker is still being fetched; the others wait until the worker answers, as a visitor does.
 */
const chain = shopPage({
  attributes: 'data-consent="granted" data-namespace="chain"',
  body: `<a id="link">on</a><form id="form"><input name="way"><input name="page"></form>
<script>
  const query = new URLSearchParams(location.search)
  const [way, page] = [query.get('way'), Number(query.get('page'))]
  const next = location.pathname + '?way=' + way + '&page=' + (page + 1)
  const track = () => { sotto.track('view_item', { items: [{ item_id: way + '-' + page }] }) }
  const leave = {
    early() { track(); location.assign(next) },
    assign() { track(); location.assign(next) },
    link() { link.href = next; link.onclick = track; link.click() },
    form() { form.way.value = way; form.page.value = page + 1; form.onsubmit = track; form.requestSubmit() },
  }
  if (page < ${TIMES}) way === 'early' ? leave.early() : sotto.history().then(leave[way])
</script>`,
})

let browser: Browser
let server: Server

beforeAll(async () => {
  browser = await launch()
  server = await serve({ roots: { '/sotto/': DIST }, pages: { '/': chain, '/missing/': brokenChain() } })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** The same page, but with a worker that cannot start. */
function brokenChain(): string {
  return shopPage({ attributes: 'data-consent="granted" data-namespace="chain" data-worker-src="/no-such-worker.js"' })
}

async function open(path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(server.origin + path)
  return page
}

const numbered = (way: string) => Array.from({ length: TIMES }, (_, number) => `${way}-${number}`)

describe(`tracked and left at once, ${TIMES} times: nothing is lost and nothing doubled`, () => {
  test.each(['link', 'assign', 'form', 'early'])('by %s', async (way) => {
    const page = await open(`/?way=${way}&page=0`)
    await page.waitForURL(`**page=${TIMES}`, { timeout: 100_000 })
    await expect.poll(async () => (await viewedItems(page)).length).toBe(TIMES)
    expect(await viewedItems(page)).toEqual(numbered(way))
    await expect.poll(async () => (await call(page, 'status')).journal).toEqual({ waiting: 0, failures: 0 })
    expect((await call(page, 'profile')).counts).toEqual({ view_item: TIMES })
    await page.context().close()
  })
})

test('what is tracked where the worker cannot start waits for the next page', async () => {
  const page = await open('/missing/')
  expect(await call(page, 'track', 'view_item', { items: [{ item_id: 'kept' }] })).toMatchObject({ outcome: 'held' })
  expect(await call(page, 'status')).toMatchObject({
    worker: { state: 'failed', fault: { code: 'worker-failed' } },
    journal: { waiting: 1 },
  })
  await page.goto(`${server.origin}/?page=${TIMES}`)
  await expect.poll(() => viewedItems(page)).toEqual(['kept'])
  await expect.poll(async () => (await call(page, 'status')).journal.waiting).toBe(0)
  await page.context().close()
})

test('reloaded right after track has resolved: the events are there', async () => {
  const page = await open(`/?page=${TIMES}`)
  for (let number = 0; number < 10; number++) {
    // No word in between: the reload is asked for in the very task in which the promise resolves. Nor is it waited for: the page it would answer from goes.
    await Promise.all([
      page.waitForEvent('load'),
      page.evaluate((id) => {
        const tracked = (window as unknown as SottoWindow).sotto.track('view_item', { items: [{ item_id: id }] })
        void tracked.then(() => location.reload())
      }, `reload-${number}`),
    ])
    expect((await viewedItems(page)).at(-1)).toBe(`reload-${number}`)
  }
  expect(await viewedItems(page)).toHaveLength(10)
  await page.context().close()
})
