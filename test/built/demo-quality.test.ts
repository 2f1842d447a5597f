import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { go, openPanel } from '../support/demo-visitor'

describe('the page that says how good it is', () => {
  let demo: DemoServer
  let visit: Visit
  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(() => demo.close())
  afterEach(async () => {
    // Under the strict policy: an inline style of the charts would be a complaint.
    expect(visit.complaints).toEqual([])
    await visit.context.close()
  })

  const shop = 'section[aria-labelledby=quality-shop]'

  test('draws a row for each model: a dot, a bar, a line for chance; and says it as a table', async () => {
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/quality')
    await page.waitForSelector(`${shop} svg`)
    const file = await page.evaluate(async () => (await fetch('quality.json')).json())
    const models: { values: Record<string, { mean: number; error: number }> }[] = file.sets[0].rows
    expect(models.length).toBeGreaterThanOrEqual(8)
    await expect.poll(() => page.locator(`${shop} svg`).count()).toBe(2)
    expect(await page.locator(`${shop} svg circle`).count()).toBe(2 * models.length)
    expect(await page.locator(`${shop} svg [aria-label=rule] line`).count()).toBe(2 * (models.length + 1))
    for (const chart of await page.$$(`${shop} [role=img]`)) {
      expect(await chart.getAttribute('aria-label')).toMatch(/^Chart of “Hits.*All figures stand in the table below\.$/)
    }
    await page.click(`${shop} summary`)
    const rows = await page.$$eval(`${shop} tbody tr`, (all) => all.map((row) => row.textContent ?? ''))
    expect(rows).toHaveLength(models.length + 1)
    for (const { values } of models) {
      const { mean, error } = values['hr@10']!
      expect(rows.some((row) => row.includes(`${mean.toFixed(4)} ± ${error.toFixed(4)}`))).toBe(true)
    }
    expect(rows.at(-1)).toMatch(/^Pure chance0\.00530\.0024/)
  })

  test('says in words what the chart shows, and of public data only what was measured', async () => {
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/quality')
    await page.waitForSelector('.quality__reading')
    expect(await page.textContent(`${shop} .quality__reading`)).toMatch(/of 1,000 guesses the hidden product was among the 10 named/)
    // The shop's product pages say that what is bought together foretells nothing here.
    expect(await page.textContent(`${shop} .quality__reading`)).toMatch(/^No model is shown to be better than chance/)
    const first = await page.$eval('.quality, section:has([data-waiting])', (section) => section.getAttribute('aria-labelledby'))
    const isMeasured = (await page.locator('.quality').count()) > 1
    expect(first === 'quality-shop').toBe(!isMeasured)
    // There is none where all was measured: nothing to wait for.
    const waiting = await page.$$eval('[data-waiting]', (notes) => notes.map((note) => Number(note.getAttribute('data-waiting'))))
    expect((waiting[0] ?? 0) + (await page.locator('.quality').count()) - 1).toBe(3)
  })

  test('fetches charts and figures only when it is opened', async () => {
    const first = demo.requests.length
    visit = await demo.visit()
    const { page } = visit
    const asked = () => demo.requests.slice(first).filter(({ url }) => /quality/.test(url))
    await go(page, '#/c/furniture/chairs')
    await page.waitForSelector('.grid .card')
    expect(asked()).toEqual([])
    await go(page, '#/quality')
    await page.waitForSelector(`${shop} svg`)
    expect(asked().length).toBeGreaterThanOrEqual(2)
  })

  test.each(['light', 'dark'] as const)('is drawn anew for another width, in the colours of the scheme: %s', async (scheme) => {
    visit = await demo.visit({ width: 1440, scheme })
    const { page } = visit
    await go(page, '#/quality')
    await page.waitForSelector(`${shop} svg`)
    const width = () => page.$eval(`${shop} svg`, (svg) => svg.getBoundingClientRect().width)
    const wide = await width()
    await page.setViewportSize({ width: 390, height: 900 })
    await expect.poll(width).toBeLessThan(Math.min(wide, 390))
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    const colours = await page.evaluate((within) => {
      const styleOf = (selector: string) => getComputedStyle(document.querySelector(`${within} ${selector}`)!)
      return {
        text: styleOf('svg').color,
        dot: styleOf('[aria-label=dot]').fill,
        ground: getComputedStyle(document.querySelector(within)!).backgroundColor,
      }
    }, shop)
    const expected = {
      light: { text: 'rgb(20, 23, 43)', dot: 'rgb(35, 64, 224)', ground: 'rgb(255, 255, 255)' },
      dark: { text: 'rgb(238, 240, 251)', dot: 'rgb(159, 177, 255)', ground: 'rgb(24, 27, 46)' },
    }
    expect(colours).toEqual(expected[scheme])
  })

  test.each([390, 820, 1440])('is found in the head of the page, and marked there: %d wide', async (width) => {
    visit = await demo.visit({ width })
    const { page } = visit
    const link = page.locator('.top__nav a', { hasText: 'How good is it?' })
    const box = await link.boundingBox()
    expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true)
    expect(await link.getAttribute('aria-current')).toBeNull()
    await link.click()
    await page.waitForSelector(`${shop} svg`)
    expect(await page.$$eval('.top__nav [aria-current=page]', (all) => all.map((one) => one.textContent))).toEqual(['How good is it?'])
  })

  test('says so where the figures cannot be had', async () => {
    visit = await demo.visit()
    const { page } = visit
    await openPanel(page, 'network')
    await page.check('.offline input', { force: true })
    await page.waitForSelector('.offline-note', { state: 'visible' })
    await page.keyboard.press('Escape')
    await go(page, '#/quality')
    await page.waitForSelector('main .notice:has-text("could not be fetched")')
    // The browser says of the refused request what the page says.
    await expect.poll(() => visit.complaints.join()).toContain('Failed to load resource')
    visit.complaints.length = 0
  })
})
