import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DemoServer, startDemo, type Visit } from '../support/demo-server'
import { answer, go, listed, lookAt, openPanel, recommended } from '../support/demo-visitor'

describe('the panel of the demo shop', () => {
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

  const focused = () => visit.page.evaluate(() => document.activeElement?.id || document.activeElement?.className)

  test('opens and closes by key, moves focus and gives it back', async () => {
    visit = await demo.visit()
    const { page } = visit
    await page.focus('.logo')
    await page.keyboard.press('.')
    expect(await page.isVisible('.panel')).toBe(true)
    expect(await focused()).toBe('panel-heading')
    await page.keyboard.press('Escape')
    expect(await page.isVisible('.panel')).toBe(false)
    expect(await focused()).toBe('logo')
    await page.click('.tool--panel')
    expect(await page.isVisible('.panel')).toBe(true)
    await page.keyboard.press('.')
    expect(await page.isVisible('.panel')).toBe(false)
  })

  test('leaves the key alone while somebody types, and when it is switched off', async () => {
    visit = await demo.visit()
    const { page } = visit
    await page.fill('#search', '')
    await page.type('#search', '3.5 in')
    expect(await page.isVisible('.panel')).toBe(false)
    expect(await page.inputValue('#search')).toBe('3.5 in')
    await page.click('.tool--panel')
    await page.uncheck('.panel__foot input', { force: true })
    await page.keyboard.press('Escape')
    await page.keyboard.press('.')
    expect(await page.isVisible('.panel')).toBe(false)
  })

  test('its tabs are moved through with arrow keys', async () => {
    visit = await demo.visit()
    const { page } = visit
    await openPanel(page, 'memory')
    for (const id of ['tab-reasons', 'tab-models', 'tab-engine', 'tab-network', 'tab-signals', 'tab-memory']) {
      await page.keyboard.press('ArrowRight')
      expect(await focused()).toBe(id)
      expect(await page.isVisible(`#${id.replace('tab', 'panel')}`)).toBe(true)
    }
    await page.keyboard.press('End')
    expect(await focused()).toBe('tab-signals')
    expect(await page.locator('.panel [role=tabpanel]:visible').count()).toBe(1)
  })

  test('covers a small screen, and what it covers is out of reach', async () => {
    visit = await demo.visit({ width: 360 })
    const { page } = visit
    await page.click('.tool--panel')
    expect(await page.getAttribute('.panel', 'aria-modal')).toBe('true')
    expect(await page.evaluate(() => document.querySelector('main')?.inert)).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.querySelector('main')?.inert)).toBe(false)
  })

  test('says what is stored and why each product is there, and exports it', async () => {
    visit = await demo.visit()
    const { page } = visit
    await answer(page, 'granted')
    await go(page, '#/c/technology/phones')
    const ids = await listed(page, 2)
    await lookAt(page, ids)
    await go(page, '#/')
    await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
    const shelf = await recommended(page, 'home')

    await openPanel(page, 'memory')
    await expect.poll(() => page.textContent('[data-count=events]')).toBe('2')
    await expect.poll(() => page.textContent('#panel-memory .bars')).toContain('Phones')
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Take it with me')])
    const exported = JSON.parse(await readFile(await file.path(), 'utf8'))
    expect(exported.format).toBe('sotto-export/1')
    expect(exported.events.map(({ items }: { items: { item_id: string }[] }) => items[0]?.item_id)).toEqual(ids)

    await openPanel(page, 'reasons')
    await page.waitForSelector('.reason')
    await expect.poll(() => page.locator('.reason').count()).toBe(shelf.length)
    await expect.poll(() => page.textContent('.reason .bar__name')).toMatch(/^You looked at /)
    await page.click('.reason summary')
    await expect.poll(() => page.textContent('.reason details')).toMatch(/Shared words|Closeness to what you looked at/)

    // What other shelves are made of, `explain` does not say.
    await expect.poll(() => page.textContent('#reason-shelf')).toContain('Trending')
    await page.selectOption('#reason-shelf', 'Trending')
    await page.waitForSelector('.reason:has-text("Wanted more than usual")')
    await expect.poll(() => page.locator('.reason details').count()).toBe(0)
    await page.selectOption('#reason-shelf', 'For you')
    await page.waitForSelector('.reason details')

    await openPanel(page, 'engine')
    await expect.poll(() => page.textContent('#panel-engine')).toContain('Neural models are run bynothing so far: ')
    await expect.poll(() => page.textContent('#panel-engine')).toMatch(/for-you8WebAssembly(under )?[\d.]+ ms/)
    // Measured when the page has nothing better to do; drawn anew by then.
    await expect
      .poll(() => page.textContent('#panel-engine'))
      .toMatch(/Over \d+ products, measured .*WebAssembly[\d.]+ ms.*JavaScript[\d.]+ ms/)
    await expect
      .poll(() => page.textContent('#panel-engine'))
      .toMatch(/Products are scored byWebAssembly \((relaxed )?SIMD\); asked for: whatever is fastest here/)
  })
})
