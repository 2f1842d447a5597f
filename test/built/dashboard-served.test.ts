import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../collector/database/open-database'
import { closesAt } from '../../src/shared/signals/epoch-window'
import { launch } from '../support/built-page'
import { EPOCH, testCollector } from '../support/test-collector'

const BUILT = fileURLToPath(new URL('../../collector/dist/dashboard/', import.meta.url))
const REPORTS = 600
/** A batch is at most 64 KiB. */
const BATCH = 1000
/** Longer than the collector answers with what it answered before. */
const PAUSE_MS = 60_000

let browser: Browser
let site: Awaited<ReturnType<typeof testCollector>>
beforeAll(async () => {
  if (!existsSync(`${BUILT}index.html`)) throw new Error(`${BUILT} holds no dashboard; run \`npm run build\` once`)
  browser = await launch()
  site = await testCollector(await openDatabase('memory'), { server: { dashboard: BUILT } })
})
afterAll(async () => {
  await browser.close()
  await site.app.close()
  await site.collector.close()
})

test('the collector serves it: nothing before a week is closed, then what was published, under its own policy', async () => {
  const { app, clock, collector, make } = site
  const bodies = Array.from({ length: REPORTS }, (_, at) => [
    make({ epoch: EPOCH, metric: 0, bucket: at % 3 === 0 ? 4 : 1 }),
    make({ epoch: EPOCH, metric: 1, group: at % 2, bucket: 1 }),
  ]).flat()
  for (let at = 0; at < bodies.length; at += BATCH) expect((await site.relay(bodies.slice(at, at + BATCH))).status).toBe(200)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const complaints: string[] = []
  /** In a profile of its own: a browser keeps estimates for a minute. */
  const visit = async () => {
    const page = await (await browser.newContext()).newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => complaints.push(message.text()))
    await page.clock.setFixedTime(clock.time)
    await page.goto(origin)
    await page.waitForSelector('main section')
    return page
  }

  expect(await (await visit()).innerText('main')).toContain('Nothing is published yet')

  clock.time = closesAt(EPOCH)
  await collector.takeTurn()
  clock.time += PAUSE_MS
  const page = await visit()
  await page.waitForSelector('.card svg')
  // The week before was open too, as reports may come late, but none came.
  expect(await page.$$eval('#week option', (all) => all.map((one) => one.textContent))).toEqual([
    '12 to 18 January 2026',
    '5 to 11 January 2026',
  ])
  expect(await page.locator('.card').count()).toBe(2)
  const said = (await page.innerText('main')).replaceAll('\u00a0', ' ')
  // A third bought; at epsilon 1 that is known from 600 reports to about 12 points either way.
  expect(said).toMatch(/Between \d\d % and \d\d % of the browsers that came back bought something\./)
  expect(said).toContain('600 reports')
  expect(said).toContain('“A shop learns what is liked.”, 2 questions')
  await page.selectOption('#week', { label: '5 to 11 January 2026' })
  await expect.poll(() => page.innerText('main')).toContain('Nothing can be said of this week.')
  expect(complaints).toEqual([])
})
