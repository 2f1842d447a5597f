import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, go, kindsOf, listed, lookAt, openPanel, recommended, wholeShop } from '../support/demo-visitor'

describe('what the demo shop learned from its orders', () => {
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

  const cards = (slot: string) =>
    visit.page.$$eval(`sotto-shelf[slot-name="${slot}"] .card`, (all) => all.map((card) => card.getAttribute('data-item') ?? ''))

  test('what is trending and new is the same before the question is answered and after, and with every answer', async () => {
    visit = await demo.visit()
    const { page } = visit
    const before = { trending: await cards('trending'), new: await cards('new') }
    expect([before.trending.length, before.new.length]).toEqual([4, 4])
    await answer(page, 'granted')
    await expect.poll(() => recommended(page, 'trending')).toEqual(before.trending)
    await expect.poll(() => recommended(page, 'new')).toEqual(before.new)
    // No reason on the cards: the heading says it all.
    expect(await page.locator('sotto-shelf[slot-name=trending] .why, sotto-shelf[slot-name=new] .why').count()).toBe(0)
    await openPanel(page, 'memory')
    await page.check('.panel input[value=denied]', { force: true })
    await expect.poll(() => page.locator('sotto-shelf [data-sotto-item]').count()).toBe(0)
    await expect.poll(async () => ({ trending: await cards('trending'), new: await cards('new') })).toEqual(before)
  })

  test('a product is shown with what is bought together with its kind', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/technology/phones')
    const [phone = ''] = await listed(page, 1)
    await lookAt(page, [phone])
    const together = await recommended(page, 'together')
    expect(together).toHaveLength(4)
    expect(await kindsOf(page, together)).not.toContain('Phones')
    expect(new Set(await kindsOf(page, together)).size).toBeGreaterThanOrEqual(2)
    await page.waitForSelector('h2:text-is("Bought together")')
    // Said once, over all of them, and no more than the figures say.
    await expect.poll(() => page.locator('sotto-shelf[slot-name=together] .why').count()).toBe(0)
    expect(await page.getAttribute('section:has(sotto-shelf[slot-name=together]) .shelf__lead a', 'href')).toBe('#/quality')
  })

  test('the cart is shown with what goes with it, and no longer once it is empty', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/cart')
    await page.waitForSelector('.empty')
    expect(await page.locator('sotto-shelf[slot-name=goes-with]').count()).toBe(0)
    await go(page, '#/c/furniture/chairs')
    const [chair = ''] = await listed(page, 1)
    await page.click(`[data-add="${chair}"]`)
    await go(page, '#/cart')
    const goesWith = await recommended(page, 'goes-with')
    expect(goesWith).toHaveLength(4)
    expect(goesWith).not.toContain(chair)
    await expect.poll(() => page.textContent('sotto-shelf[slot-name=goes-with] .why--own')).toMatch(/^Because you put .* in your cart$/)
    await page.click('.cart__line .tool')
    await page.waitForSelector('.empty')
    expect(await page.locator('sotto-shelf[slot-name=goes-with]').count()).toBe(0)
  })

  test('the front page goes on from what was looked at last', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await page.waitForSelector('sotto-shelf[slot-name=home] [data-sotto-item]')
    expect(await page.isVisible('section:has(sotto-shelf[slot-name=next])')).toBe(false)
    await go(page, '#/c/technology/phones')
    const phones = await listed(page, 2)
    await lookAt(page, phones)
    await go(page, '#/')
    const next = await recommended(page, 'next')
    await page.waitForSelector('section.shelf--own:has(sotto-shelf[slot-name=next]):has-text("What comes next")')
    expect(next).toHaveLength(4)
    expect(next.filter((id) => phones.includes(id))).toEqual([])
    await expect.poll(() => page.textContent('sotto-shelf[slot-name=next] .why--own')).toMatch(/^Because you looked at /)
  })

  test('the switch fills the shelf by one model, and by all together again', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await openPanel(page, 'models')
    await page.waitForSelector('.model')
    await expect.poll(() => page.textContent('#panel-models')).toContain('it begins once “All together” has filled a shelf for you')
    await wholeShop(page, demo.requests, visit.from)
    await go(page, '#/c/technology/phones')
    await lookAt(page, await listed(page, 3))
    await go(page, '#/')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')

    await openPanel(page, 'models')
    await expect.poll(() => page.isChecked('.model input[value=""]')).toBe(true)
    const models = await page.$$eval('.model input', (all) => all.map((input) => input.getAttribute('value')))
    expect(models).toEqual(expect.arrayContaining(['', 'popularity', 'terms', 'ease', 'transitions', 'matrix-factorization']))
    // Each says where it comes from and what it weighs.
    expect(await page.textContent('.model:has([value=ease])')).toMatch(
      /From orders, by kind of product; at least 5 customers.* · \d+ KB to fetch/,
    )
    expect(await page.textContent('.model:has([value=""])')).toMatch(/asks 2: Popularity and Shared words, .* · .*: under 1 KB to fetch/)
    await page.waitForSelector('#panel-models td')
    await expect.poll(() => page.textContent('#panel-models table')).toMatch(/Shared words\+\d\.\d\d± \d\.\d\d/)

    const together = await recommended(page, 'home')
    const alone: string[][] = []
    for (const [model, label] of [
      ['ease', 'EASE'],
      ['matrix-factorization', 'Matrix factorization'],
      ['terms', 'Shared words'],
    ]) {
      await page.check(`.model input[value="${model}"]`, { force: true })
      await page.waitForSelector(
        `section:has(sotto-shelf[slot-name=home]) .shelf__lead:text-is("Chosen on your device by one model alone: ${label}.")`,
      )
      alone.push(await recommended(page, 'home'))
    }
    for (const shelf of alone) expect(shelf).toHaveLength(8)
    expect(new Set([together, ...alone].map((shelf) => shelf.join())).size).toBe(4)
    // What everybody orders is not chosen for this visitor, whoever looks.
    await page.check('.model input[value=popularity]', { force: true })
    await page.waitForSelector('section:not(.shelf--own):has(sotto-shelf[slot-name=home]):has-text("Popular with everyone")')
    await page.check('.model input[value=""]', { force: true })
    await expect.poll(() => recommended(page, 'home')).toEqual(together)
    // A choice for looking, not for keeping.
    await page.check('.model input[value=ease]', { force: true })
    await page.reload()
    await page.waitForSelector('.hero')
    await openPanel(page, 'models')
    await page.waitForSelector('.model')
    await expect.poll(() => page.isChecked('.model input[value=""]')).toBe(true)
  })
})
