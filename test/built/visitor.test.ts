import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import { call, DIST, databases, launch, shopPage } from '../support/built-page'
import { Recorder } from '../support/built-recorder'
import { serve } from '../support/built-server'
import { readSuperstore, type Superstore } from '../support/built-superstore'

type Server = Awaited<ReturnType<typeof serve>>

const LIMIT = 8

let browser: Browser
let server: Server
let shop: Superstore

beforeAll(async () => {
  browser = await launch()
  shop = await readSuperstore()
  const { core, parts } = buildPack(shop.entries, { encoder: await encoderFromDisk() })
  const attributes = 'data-consent="granted" data-catalog="/catalog.pack"'
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/catalog.pack': core,
      ...Object.fromEntries(parts.map(({ name, bytes }) => [`/${name}`, bytes])),
      '/': shopPage({ attributes, body: `<sotto-shelf limit="${LIMIT}">Fallback</sotto-shelf>` }),
      '/product/': shopPage({
        attributes,
        body: `<script>sotto.track('view_item', { items: [{ item_id: new URLSearchParams(location.search).get('id') }] })</script>`,
      }),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** Ids of the for-you shelf on the home page, as the shelf itself shows them once the whole catalog is there. */
async function shownAtHome(page: Page): Promise<string[]> {
  await page.goto(server.origin)
  const { length } = shop.entries
  await expect.poll(async () => (await call(page, 'status')).catalog).toMatchObject({ loaded: length, total: length })
  const ids = (await call(page, 'recommend', { strategy: 'for-you', limit: LIMIT })).items.map(({ id }) => id)
  const shown = () =>
    page.evaluate(() => {
      const shelf = document.querySelector('sotto-shelf') as unknown as import('../../src/element').ShelfElement
      return shelf.recommendation?.items.map(({ id }) => id)
    })
  await expect.poll(shown).toEqual(ids)
  return ids
}

describe('a visitor looks at three products of one sub-category', () => {
  test.each(['Chairs', 'Phones', 'Art', 'Copiers'])('%s: home adapts, still does after a reload, and forgets', async (subCategory) => {
    const context = await browser.newContext()
    const recorder = new Recorder(context)
    const page = await context.newPage()
    const before = await shownAtHome(page)
    expect(before).toHaveLength(LIMIT)

    const looked = shop.entries.filter(({ categories }) => categories[1] === subCategory).slice(0, 3)
    for (const { id } of looked) await page.goto(`${server.origin}/product/?id=${encodeURIComponent(id)}`)

    const near = shop.nearestTo(subCategory)
    const isNear = (id: string) => near.includes(shop.subCategoryOf.get(id)!)
    const after = await shownAtHome(page)
    const found = after.filter(isNear)
    expect(found.length).toBeGreaterThanOrEqual(LIMIT / 2)
    expect(found.filter((id) => before.includes(id))).toEqual([])
    // What was looked at is known already.
    expect(after.filter((id) => looked.some((item) => item.id === id))).toEqual([])

    await page.reload()
    expect(await shownAtHome(page)).toEqual(after)

    expect(await call(page, 'forget')).toEqual({ databases: [], journal: [], events: 0 })
    expect(await databases(page)).toEqual([])
    expect(await shownAtHome(page)).toEqual(before)
    expect(await call(page, 'history')).toEqual([])
    await expect.poll(async () => (await call(page, 'profile')).interests).toEqual([])
    await recorder.settled()
    // The shop's own pages say what is looked at, and scripts which page they are for; nothing that Sotto asks for does.
    const asked = recorder.said.filter(({ url }) => /\.pack$|text-encoder/.test(url))
    expect(asked.length).toBeGreaterThan(1)
    const names = looked.flatMap(({ id, title }) => [id, title])
    expect(recorder.leaked(names, asked)).toEqual([])
    expect(recorder.leaked(names)).not.toEqual([])
    await context.close()
  })
})
