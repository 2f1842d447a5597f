import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { DemoServer } from './demo-server'

/** Answers the shop's question and waits until the answer is in force. */
export async function answer(page: Page, consent: 'granted' | 'session' | 'denied'): Promise<void> {
  await page.click(`.consent [data-consent=${consent}]`)
  await page.waitForSelector('.news--shown')
}

/** Follows a link of the shop to a page named by its part behind `#`, and waits until it is drawn. */
export async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate(
    (to) =>
      new Promise<void>((resolve) => {
        if (location.hash === to) return resolve()
        // Heard after the shop, which listens for longer.
        addEventListener('hashchange', () => resolve(), { once: true })
        location.hash = to
      }),
    hash,
  )
}

/** Ids of the first cards of a listing. */
export async function listed(page: Page, count: number): Promise<string[]> {
  await page.waitForSelector('.grid .card')
  const ids = await page.$$eval('.grid .card', (cards) => cards.map((card) => card.getAttribute('data-item') ?? ''))
  return ids.slice(0, count)
}

/** Looks at products, each until it is remembered. */
export async function lookAt(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await go(page, `#/p/${id}`)
    await page.waitForSelector('.product')
    // The "where you left off" shelf holds the product once the engine has stored that it was looked at.
    await page.waitForSelector(`sotto-shelf[slot-name=product-recent] [data-sotto-item="${id}"]`, { state: 'attached' })
  }
}

/** Ids in a shelf that the engine filled; waits until it did. */
export async function recommended(page: Page, slot: string): Promise<string[]> {
  await page.waitForSelector(`sotto-shelf[slot-name="${slot}"] [data-sotto-item]`, { state: 'attached' })
  return page.$$eval(`sotto-shelf[slot-name="${slot}"] [data-sotto-item]`, (cards) =>
    cards.map((card) => card.getAttribute('data-sotto-item') ?? ''),
  )
}

/** The sub-categories of products, from the shop's own list. */
export async function kindsOf(page: Page, ids: readonly string[]): Promise<string[]> {
  return page.evaluate(async (wanted) => {
    const file = await (await fetch('products.json')).json()
    return wanted.map((id: string) => {
      const row = file.rows.find(([own]: [string]) => own === id)
      return row ? file.categories[row[2]][1] : ''
    })
  }, ids)
}

/** Opens the panel by its key, at one of its tabs. */
export async function openPanel(page: Page, tab: 'memory' | 'reasons' | 'models' | 'engine' | 'network' | 'signals'): Promise<void> {
  if (!(await page.isVisible('.panel'))) await page.keyboard.press('.')
  await page.click(`#tab-${tab}`)
}

/**
 * Waits until all is there that the shop fetches when nobody waits: the whole catalogue and what ranks it. Until then a shelf may still change.
 * Closes the panel.
 * @param from how many of the requests were made before this visitor came.
 */
export async function wholeShop(page: Page, requests: readonly Pick<DemoServer['requests'][number], 'url'>[], from = 0): Promise<void> {
  await openPanel(page, 'engine')
  await expect.poll(() => page.textContent('#panel-engine')).toMatch(/Products known1894, /)
  await page.keyboard.press('Escape')
  const { models, blended } = await page.evaluate(async () => (await fetch('models.json')).json())
  const files = models
    .filter(({ name }: { name: string }) => name === 'blend' || blended.includes(name))
    .map(({ file }: { file: string }) => `/${file}`)
  await expect.poll(() => files.filter((file: string) => !requests.slice(from).some(({ url }) => url === file))).toEqual([])
  // What opens them is fetched last.
  const counts: number[] = []
  const isQuiet = () => counts.push(requests.length) > 1 && counts.at(-1) === counts.at(-2)
  await expect.poll(isQuiet, { interval: 400 }).toBe(true)
}

/** Names of the databases of this origin, as the browser lists them. */
export function databases(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
}
