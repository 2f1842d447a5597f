import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, databases, go, kindsOf, listed, lookAt, openPanel, recommended, wholeShop } from '../support/demo-visitor'

describe('the demo shop', () => {
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

  test('shows what is popular, and keeps nothing before the visitor answers', async () => {
    visit = await demo.visit()
    const { page } = visit
    await lookAround(page)
    expect(await page.isVisible('.consent')).toBe(true)
    await expect.poll(() => page.locator('sotto-shelf[slot-name=home] .card').count()).toBe(8)
    expect(await page.locator('sotto-shelf [data-sotto-item]').count()).toBe(0)
    expect(await databases(page)).toEqual([])
  })

  test('adapts after three products of a kind, survives a reload, and forgets with proof', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await recommended(page, 'home')
    await wholeShop(page, demo.requests, visit.from)
    const cold = await recommended(page, 'home')
    expect(await kindsOf(page, cold)).not.toContain('Phones')

    await go(page, '#/c/technology/phones')
    const [first = '', ...others] = await listed(page, 3)
    await lookAt(page, [first])
    // Of the product that is open there is nothing to go back to.
    const leftOff = 'sotto-shelf[slot-name=product-recent]'
    await expect.poll(() => page.isVisible(leftOff)).toBe(false)
    await lookAt(page, others)
    await page.waitForSelector(`${leftOff} [data-sotto-item="${first}"]`)
    await expect.poll(() => page.isVisible(`${leftOff} [data-sotto-item="${others[1]}"]`)).toBe(false)
    await go(page, '#/')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    const adapted = await recommended(page, 'home')
    const kinds = await kindsOf(page, adapted)
    expect(kinds.filter((kind) => kind === 'Phones').length).toBeGreaterThanOrEqual(4)
    expect(adapted.filter((id) => cold.includes(id))).toEqual([])
    const firstWhy = await page.$eval(
      'sotto-shelf[slot-name=home] [data-sotto-item] .card',
      (card) => card.querySelector('.why--own')?.textContent,
    )
    expect(firstWhy).toMatch(/^Because you looked at /)
    // A reason is not said again on the card beside it.
    const reasons = await page.$$eval('sotto-shelf[slot-name=home] [data-sotto-item] .card', (all) =>
      all.map((card) => card.querySelector('.why')?.textContent),
    )
    expect(reasons.filter((why, place) => why !== undefined && why === reasons[place - 1])).toEqual([])
    expect(reasons).toContain(undefined)

    await page.reload()
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    await expect.poll(() => recommended(page, 'home')).toEqual(adapted)
    expect(await databases(page)).not.toEqual([])

    await page.click('sotto-shelf[slot-name=home] [data-sotto-item] [data-add]')
    await openPanel(page, 'memory')
    await page.click('text=Forget everything')
    await page.waitForSelector('.proof__verdict--good')
    await expect.poll(() => page.textContent('.proof')).toMatch(/Pieces in your cart1Files kept by the service worker[1-9]/)
    await page.check('.panel__actions input')
    await page.click('text=Forget everything')
    await page.waitForSelector('.proof:has-text("Pieces in your cart0")')
    expect(await databases(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.waitForSelector('.shelf:not(.shelf--own) sotto-shelf[slot-name=home]')
    await expect.poll(() => page.locator('sotto-shelf[slot-name=home] .why--own').count()).toBe(0)
    await page.reload()
    await expect.poll(() => recommended(page, 'home')).toEqual(cold)
  })

  test('sorts a category for the visitor, and shows the shop’s order on request', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/furniture/furnishings')
    const before = await listed(page, 30)
    const lamp = await page.getAttribute('.card:has-text("Lamp")', 'data-item')
    await lookAt(page, [lamp ?? 'none'])
    await go(page, '#/c/furniture/furnishings')
    await page.waitForSelector('.listing__note--own')
    await expect.poll(() => listed(page, 1)).toEqual([lamp])
    await page.check('input[value=shop]')
    await page.waitForSelector('.listing__note:not(.listing__note--own)')
    await expect.poll(() => listed(page, 30)).toEqual(before)
    await page.check('input[value=cheap]')
    await page.waitForFunction(() => document.querySelector('.listing__note')?.textContent?.includes('by price'))
    const prices = await page.$$eval('.grid .card__price', (all) => all.map((price) => Number(price.textContent?.replace(/[$,]/g, ''))))
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
  })

  test('remembers a purchase, and leaves out what was bought', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/technology/phones')
    const [phone = 'none'] = await listed(page, 1)
    await lookAt(page, [phone])
    await page.click('text=Add to cart')
    await go(page, '#/cart')
    await page.click('text=Check out')
    await page.click('text=Place the pretend order')
    await page.waitForSelector('text=Thank you')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=thanks]')
    await expect.poll(() => recommended(page, 'thanks')).not.toContain(phone)
    await openPanel(page, 'memory')
    await page.waitForSelector('.events >> text=bought')
    await expect
      .poll(async () => (await page.$$eval('.events em', (all) => all.map((deed) => deed.textContent))).slice(0, 4))
      .toEqual(['bought', 'went to check out', 'opened the cart', 'put in the cart'])
  })

  test('a visit of its own is kept in memory only, and a refusal wipes', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'session')
    await go(page, '#/c/technology/phones')
    await lookAt(page, await listed(page, 2))
    await go(page, '#/')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    expect(await databases(page)).toEqual([])
    await openPanel(page, 'memory')
    await page.check('.panel input[value=granted]', { force: true })
    await expect.poll(() => databases(page)).not.toEqual([])
    await page.check('.panel input[value=denied]', { force: true })
    await expect.poll(() => databases(page)).toEqual([])
    await expect.poll(() => page.locator('.shelf--own').count()).toBe(0)
  })

  async function lookAround(page: Visit['page']): Promise<void> {
    await go(page, '#/c/technology/phones')
    for (const id of await listed(page, 2)) {
      await go(page, `#/p/${id}`)
      await page.waitForSelector('.product')
    }
    await go(page, '#/')
    await page.waitForSelector('.hero')
  }
})
