import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, go, kindsOf, listed, openPanel, recommended } from '../support/demo-visitor'

const PAGES = [
  '#/',
  '#/c/office-supplies',
  '#/c/furniture/chairs',
  '#/p/FUR-CH-10002647',
  '#/search?q=conference%20phone',
  '#/cart',
  '#/checkout',
  '#/thanks/1',
  '#/personas',
  '#/quality',
  '#/signals',
  '#/p/no-such-product',
  '#/nowhere',
]

describe('the pages of the demo shop', () => {
  let demo: DemoServer
  let visit: Visit
  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(() => demo.close())
  afterEach(async () => {
    expect(visit.complaints).toEqual([])
    await visit.context.close()
  })

  const overflow = () => visit.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  test.each([360, 768, 1440])('fit into %i pixels, each with one heading, and open by their address', async (width) => {
    visit = await demo.visit({ width })
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/furniture/tables')
    await page.click('.grid [data-add]')
    for (const hash of PAGES) {
      await go(page, hash)
      await page.waitForSelector('h1')
      expect([hash, await page.locator('h1').count(), await overflow()]).toEqual([hash, 1, 0])
      const heading = await page.textContent('h1')
      await page.reload()
      await page.waitForSelector('h1')
      await expect.poll(() => page.textContent('h1')).toBe(heading)
    }
    await page.click('.tool--panel')
    for (const tab of ['memory', 'reasons', 'models', 'engine', 'network', 'signals'] as const) {
      await openPanel(page, tab)
      expect([tab, await overflow()]).toEqual([tab, 0])
    }
  })

  test('name every control and every region', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    for (const hash of PAGES) {
      await go(page, hash)
      await page.waitForSelector('h1')
      const nameless = await page.$$eval('button:not([hidden]), a[href], input, select', (controls) =>
        controls.flatMap((control) => {
          const own = control.getAttribute('aria-label') ?? control.textContent?.trim()
          const label = control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.labels?.[0]?.textContent : ''
          return own || label || control.closest('[aria-hidden=true]') ? [] : [control.outerHTML.slice(0, 120)]
        }),
      )
      expect([hash, nameless]).toEqual([hash, []])
      for (const landmark of ['header', 'main', 'footer', 'nav[aria-label]'])
        expect(await page.locator(landmark).first().isVisible()).toBe(true)
    }
  })

  test('draw a thousand products a page at a time', async () => {
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/c/office-supplies')
    expect((await listed(page, 2000)).length).toBe(30)
    await page.click('text=Show 30 more')
    expect((await listed(page, 2000)).length).toBe(60)
    expect(await page.evaluate(() => document.activeElement?.closest('li') === document.querySelectorAll('.grid > li')[30])).toBe(true)
  })

  test('a search holds whatever is typed, as text', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '"><script>alert(1)</script>',
      '%',
      '%E0%A4%A',
      '\\u0000 $1 {{1}}',
      '🖋️'.repeat(60),
      '] * { }',
    ]
    for (const text of hostile) {
      await page.fill('#search', text)
      await page.keyboard.press('Enter')
      const kept = await page.inputValue('#search')
      await page.waitForFunction((query) => document.querySelector('h1')?.textContent === `“${query}”`, kept)
      expect(await page.locator('main img, main script').count()).toBe(0)
      await page.reload()
      await page.waitForFunction((query) => document.querySelector('h1')?.textContent === `“${query}”`, kept)
    }
    await go(page, '#/p/%3Cimg%20src=x%20onerror=alert(1)%3E')
    await page.waitForSelector('text=We don’t have that product')
  })

  test('search works by the words alone where nothing may be remembered', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'denied')
    await page.fill('#search', 'conference phone')
    await page.waitForSelector('.listing__note:has-text("by the words alone")')
    expect(await page.textContent('.grid .card__title')).toMatch(/conference phone/i)
  })

  test('search by meaning keeps the promise of its example, and goes on where it finds nothing', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/search?q=')
    await page.waitForSelector('main .tile')
    const promises = [...((await page.textContent('.listing__note')) ?? '').matchAll(/“(\w+)” finds (\w+)s\b/g)]
    expect(promises.length).toBeGreaterThanOrEqual(2)
    for (const [, query = '', kind = ''] of promises) {
      await page.fill('#search', query)
      await page.keyboard.press('Enter')
      await page.waitForSelector('.listing__note:has-text("by meaning")')
      await page.waitForFunction((asked) => document.querySelector('h1')?.textContent === `“${asked}”`, query)
      await expect.poll(() => page.textContent('.grid .card__title')).toMatch(new RegExp(kind, 'i'))
      expect(await page.textContent('.grid .card__title')).not.toMatch(new RegExp(query, 'i'))
    }
    await page.fill('#search', 'xqzv')
    await page.keyboard.press('Enter')
    await page.waitForSelector('main .tile')
    await expect.poll(() => page.locator('main .row .card').count()).toBe(4)
  })

  test('products of one name are told apart by their article numbers', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'denied')
    await go(page, '#/search?q=easy-staple%20paper')
    await expect.poll(() => page.locator('.grid .card').count()).toBeGreaterThanOrEqual(8)
    const lines = await page.$$eval('.grid .card', (cards) =>
      cards.map((card) => [card.querySelector('.card__title')?.textContent, card.querySelector('.card__brand')?.textContent].join()),
    )
    expect(new Set(lines).size).toBe(lines.length)
  })

  test('news goes with the page it belongs to', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    expect(await page.locator('.news--shown').count()).toBe(1)
    await go(page, '#/cart')
    await page.waitForSelector('.empty')
    expect(await page.locator('.news--shown').count()).toBe(0)
  })

  test('two tabs have one cart', async () => {
    visit = await demo.visit()
    const { page, context } = visit
    const other = await context.newPage()
    await other.goto(`${demo.origin}/#/cart`)
    await other.waitForSelector('.empty')
    await go(page, '#/c/furniture/chairs')
    const [chair, stool] = await listed(page, 2)
    await page.click(`[data-add="${chair}"]`)
    await other.waitForSelector('.cart__line')
    await expect.poll(() => other.textContent('.tool__count')).toBe('1')
    await go(other, '#/c/furniture/chairs')
    await other.click(`[data-add="${stool}"]`)
    await page.waitForSelector('.tool__count:has-text("2")')
    await go(page, '#/cart')
    await expect.poll(() => page.locator('.cart__line').count()).toBe(2)
  })

  test.each([360, 1280])(
    'the question comes first by keyboard, covers nothing that has focus, and gives it back, at %i pixels',
    async (width) => {
      visit = await demo.visit({ width })
      const { page } = visit
      const covered = () =>
        page.evaluate(() => {
          const focus = document.activeElement
          const question = document.querySelector('.consent')
          if (!focus || !question || question.contains(focus)) return false
          return focus.getBoundingClientRect().bottom > question.getBoundingClientRect().top
        })
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-consent'))).toBe('granted')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      for (let stop = 0; stop < 70; stop++) {
        await page.keyboard.press('Tab')
        expect([stop, await covered()]).toEqual([stop, false])
      }
      await page.focus('[data-consent=granted]')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
      await page.click('text=Change my choice')
      await page.focus('[data-consent=denied]')
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Change my choice')
    },
  )

  test('two personas get two different shelves, each of their own kind', async () => {
    visit = await demo.visit()
    const { page } = visit
    await go(page, '#/personas')
    for (let step = 1; step <= 5; step++) {
      await page.click('text=One step')
      await page.waitForSelector(`.player__state:has-text("Step ${step} of 6")`)
    }
    await page.waitForSelector('[data-persona=ida] .shelf--own')
    await page.waitForSelector('[data-persona=tom] .shelf--own')
    await expect.poll(async () => kindsOf(page, await recommended(page, 'persona-ida'))).toContain('Art')
    await expect.poll(async () => kindsOf(page, await recommended(page, 'persona-tom'))).toContain('Phones')
    const shared = async () => {
      const tom = await recommended(page, 'persona-tom')
      return (await recommended(page, 'persona-ida')).filter((id) => tom.includes(id))
    }
    await expect.poll(shared).toEqual([])
    await page.click('text=Start over')
    await expect.poll(() => page.locator('.stages .shelf--own').count()).toBe(0)
    await expect.poll(() => page.textContent('.player__state')).toBe('Before the first step')
  })
})
