import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startCollectors } from '../../demo/collector/start-collectors'
import { hex } from '../../src/shared/signals/plan-hash'
import { decodeReport, REPORT_BYTES, type Report } from '../../src/shared/signals/report'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, go, listed, lookAt, openPanel } from '../support/demo-visitor'

const plan = new URL('../../demo/generated/site/plan.json', import.meta.url)

describe('what left this device, in the demo shop', () => {
  let collectors: Awaited<ReturnType<typeof startCollectors>>
  let demo: DemoServer
  let visit: Visit
  beforeAll(async () => {
    collectors = await startCollectors({ plan: await readFile(plan), now: Date.now })
    demo = await startDemo(collectors.origin)
  })
  afterAll(async () => {
    await demo.close()
    await collectors.close()
  })
  afterEach(async () => {
    expect(visit.complaints).toEqual([])
    await visit.context.close()
  })

  const posted = () => demo.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/v1/reports'))

  test('the tab says what would be reported, beside what is true; only the plan is fetched for it', async () => {
    const first = demo.requests.length
    visit = await demo.visit()
    const { page } = visit
    // What is asked for is said before it is allowed.
    expect(await page.textContent('.consent__text')).toMatch(/drawn by chance/)
    expect(await page.textContent('.consent__text')).not.toMatch(/never be sent/)
    await openPanel(page, 'signals')
    await page.waitForSelector('[data-signals=pending]')
    await page.keyboard.press('Escape')
    await answer(page, 'granted')
    await go(page, '#/c/furniture/chairs')
    const ids = await listed(page, 2)
    await lookAt(page, ids)
    await openPanel(page, 'signals')
    await page.waitForSelector('[data-signals=on]')
    const truth = (metric: string) => page.textContent(`[data-metric=${metric}] .preview__truth .marked`)
    await expect.poll(() => truth('interest')).toBe('Chairs')
    expect(await truth('funnel')).toBe('viewed')
    // Four of sixteen buckets are named, whatever is true.
    const named = () => page.$$eval('[data-metric=interest] .named__bucket--in', (chips) => chips.map((chip) => chip.textContent))
    const before = await named()
    expect(before).toHaveLength(4)
    // One of 1,820 sets of four: drawn again and again, it is another one soon.
    await expect
      .poll(async () => {
        await page.click('.preview__again')
        return named()
      })
      .not.toEqual(before)
    expect(await page.$$eval('#panel-signals .bar__value', (bars) => bars.map((bar) => bar.textContent))).toEqual([
      expect.stringMatching(/^[012] of 2$/),
      '0 of 2',
      expect.stringMatching(/^[012] of 8$/),
    ])
    const made = demo.requests.slice(first)
    expect(made.filter(({ url }) => ids.some((id) => url.includes(id)))).toEqual([])
    const asked = made.filter(({ method, url, body }) => url.startsWith('/collect/') || method !== 'GET' || body !== '')
    const kinds = new Set(asked.map(({ method, url }) => `${method} ${url}`))
    kinds.delete('POST /collect/v1/reports')
    expect([...kinds]).toEqual(['GET /collect/v1/plan.json'])
    await openPanel(page, 'network')
    await expect.poll(() => page.textContent('[data-count=carrying]')).toBe('0')
  })

  test('without consent for good, or where the browser asks not to be asked, nothing is', async () => {
    const first = demo.requests.length
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'session')
    await openPanel(page, 'signals')
    await page.waitForSelector('[data-signals=consent]')
    expect(await page.textContent('[data-count=sent]')).toBe('0')
    expect(await page.locator('.preview').count()).toBe(0)
    await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
    await page.reload()
    await page.waitForSelector('.hero')
    await openPanel(page, 'memory')
    await page.check('[name=panel-consent][value=granted]', { force: true })
    await openPanel(page, 'signals')
    await page.waitForSelector('[data-signals=opted-out]')
    expect(demo.requests.slice(first).filter(({ url }) => url.startsWith('/collect/'))).toEqual([])
  })

  test('simulated visitors are counted by the collector, and its intervals are drawn beside the truth', async () => {
    const first = posted().length
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/signals')
    await page.waitForSelector('.crowd svg')
    expect(await page.textContent('.crowd__run')).toBe('Simulate 10,000 visitors')
    // As many as are quick to count beside other tests.
    await page.locator('.slider__input').first().fill('10')
    await page.click('.crowd__run')
    await page.waitForSelector('.crowd__verdict:has-text("intervals")', { timeout: 90_000 })
    const [, holding, intervals] = /within (?:all )?(\d+)(?: of (\d+))? intervals/.exec((await page.textContent('.crowd__verdict'))!)!
    expect(Number(intervals ?? holding)).toBe(21)
    // Each holds with 95 %: fewer than 13 of 21 is a chance of less than 10^-6.
    expect(Number(holding)).toBeGreaterThanOrEqual(13)
    await expect.poll(() => page.locator('.crowd__chart [aria-label=dot] circle').count()).toBe(21)
    expect(await page.locator('.crowd__figure tbody tr').count()).toBe(21)
    expect(await page.textContent('.crowd__runs')).toMatch(/^1,000 visitors, epsilon 1\.0, by the collector/)

    const bodies = posted()
      .slice(first)
      .map(({ bytes }) => bytes)
    expect(bodies.every(({ length }) => length <= 65_536 && length % REPORT_BYTES === 0)).toBe(true)
    const reports = bodies.flatMap((body) =>
      Array.from(
        { length: body.length / REPORT_BYTES },
        (_, at): Report => decodeReport(body.slice(at * REPORT_BYTES, (at + 1) * REPORT_BYTES)),
      ),
    )
    expect(reports).toHaveLength(2_000)

    // What an intruder finds: one-time numbers by themselves and sums while the week is open, neither afterwards; never the bits of one report.
    const [open, closed] = await page.$$eval('.stored__shots > div', (shots) => shots.map((shot) => shot.textContent ?? ''))
    const columns = await page.$$eval('.stored__table:has-text("nonces") th', (names) => names.map((name) => name.textContent))
    expect(columns).toEqual(['nonce'])
    expect(open).toMatch(/sotto\.nonces_\d+ 2,000 rows/)
    const shown = [...open!.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)].map(([nonce]) =>
      nonce.replaceAll('-', ''),
    )
    const sent = new Set(reports.map(({ nonce }) => hex(nonce)))
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((nonce) => !sent.has(nonce))).toEqual([])
    expect(closed).not.toContain('2,000 rows')
    expect(shown.filter((nonce) => closed!.includes(nonce))).toEqual([])
    const stored = `${open}${closed}`.replaceAll('-', '')
    expect([...new Set(reports.map(({ bits }) => hex(bits)))].filter((bits) => stored.includes(bits))).toEqual([])

    await openPanel(page, 'network')
    await expect.poll(() => page.textContent('[data-count=carrying]')).toBe('0')
  })

  test('the shop’s question stands below the charts and hides none of them; elsewhere it floats', async () => {
    visit = await demo.visit()
    const { page } = visit
    const place = () => page.$eval('.consent', (question) => getComputedStyle(question).position)
    expect(await place()).toBe('fixed')
    for (const hash of ['#/signals', '#/quality']) {
      await go(page, hash)
      await page.waitForSelector('main svg.chart')
      expect(await place()).toBe('static')
      const [bottom, question] = await page.evaluate(() => [
        document.querySelector('main')!.getBoundingClientRect().bottom,
        document.querySelector('.consent')!.getBoundingClientRect().top,
      ])
      expect(question).toBeGreaterThanOrEqual(bottom!)
    }
    await go(page, '#/c/furniture')
    expect(await place()).toBe('fixed')
    // First for the keyboard, as it was.
    expect(await page.$eval('#shop', ({ firstElementChild }) => firstElementChild?.className)).toBe('consent')
  })

  test('the dashboard of simulated weeks says so, and that of visitors does not', async () => {
    visit = await demo.visit()
    const { page } = visit
    await page.goto(`${demo.origin}/simulation/`)
    await page.waitForSelector('main section')
    expect(await page.textContent('.simulated')).toMatch(/^Simulated visitors, simulated weeks/)
    // No day of the real calendar is promised.
    expect(await page.textContent('body')).not.toMatch(/is published on|it appears on/)
    await page.goto(`${demo.origin}/collect/`)
    await page.waitForSelector('main section')
    expect(await page.locator('.simulated').count()).toBe(0)
    expect(await page.textContent('main')).toMatch(/it appears on/)
  })

  test('sliders show at once what is to be expected; what the plan does not ask for is computed in the page', async () => {
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/signals')
    await page.waitForSelector('.crowd svg')
    const reach = async () => Number(/give or take [\d,]+ browsers \(([\d.]+)\s%\)/.exec((await page.textContent('.crowd__note'))!)![1])
    const slide = (at: number, value: string) => page.locator('.slider__input').nth(at).fill(value)
    const usual = await reach()
    await slide(1, '4')
    expect(await reach()).toBeLessThan(usual / 3)
    expect(await page.textContent('.crowd__where')).toMatch(/^No plan may ask for more than 2 a week/)
    expect(await page.textContent('.single__odds')).toMatch(/55 ×/)
    await slide(0, '0')
    expect(await reach()).toBeGreaterThan(usual / 3)
    const first = posted().length
    await page.click('.crowd__run')
    await page.waitForSelector('.crowd__verdict:has-text("intervals")')
    expect(await page.textContent('.crowd__runs')).toMatch(/^100 visitors, epsilon 4\.0, in this page/)
    expect(posted().length).toBe(first)
  })
})

test('where no collector runs, the tab says so and the page goes on without one', async () => {
  const demo = await startDemo()
  const visit = await demo.visit()
  const { page } = visit
  await answer(page, 'granted')
  await openPanel(page, 'signals')
  await page.waitForSelector('[data-signals=off]')
  await page.keyboard.press('Escape')
  await go(page, '#/signals')
  await page.waitForSelector('.crowd svg')
  expect(await page.textContent('.stored')).toContain('No collector answers here')
  await page.click('.crowd__run')
  await page.waitForSelector('.crowd__verdict:has-text("intervals")')
  expect(await page.textContent('.crowd__runs')).toMatch(/in this page/)
  expect(demo.requests.filter(({ method, url }) => method !== 'GET' || /collect\/|simulation\//.test(url))).toEqual([])
  expect(visit.complaints).toEqual([])
  await demo.close()
})
