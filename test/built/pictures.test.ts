import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import { call, DIST, launch, shopPage } from '../support/built-page'
import { Recorder } from '../support/built-recorder'
import { serve } from '../support/built-server'
import { readSuperstore, type Superstore } from '../support/built-superstore'

type Server = Awaited<ReturnType<typeof serve>>

/** One grey pixel. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=', 'base64')
const LIMIT = 8

let browser: Browser
let server: Server
let shop: Superstore
/** One product of every third sub-category. */
let looked: readonly { readonly id: string; readonly subCategory: string }[]

beforeAll(async () => {
  browser = await launch()
  shop = await readSuperstore()
  const all = [...new Set(shop.subCategoryOf.values())].sort()
  looked = all
    .filter((_, index) => index % 3 === 0)
    .map((subCategory) => ({ id: shop.entries.find(({ categories }) => categories[1] === subCategory)!.id, subCategory }))
  const encoder = await encoderFromDisk()
  const entries = shop.entries.map((entry) => ({ ...entry, image: `/pictures/${entry.id}.png` }))
  const picture = { type: 'image/png', bytes: new Uint8Array(PICTURE) }
  const thumbnails = new Map(entries.map(({ id }) => [id, picture]))
  const packs = {
    addresses: buildPack(entries, { encoder, name: 'addresses' }),
    inside: buildPack(entries, { encoder, thumbnails, name: 'inside' }),
  }
  const pages = Object.entries(packs).flatMap(([name, { core, parts }]) => {
    const attributes = `data-consent="granted" data-catalog="/${name}.pack"`
    const body = `<script>sotto.track('view_item', { items: [{ item_id: window.looked }] })</script>
      <sotto-shelf limit="${LIMIT}">Fallback</sotto-shelf>`
    return [[`/${name}.pack`, core], ...parts.map((part) => [`/${part.name}`, part.bytes]), [`/${name}/`, shopPage({ attributes, body })]]
  })
  const pictures = entries.map(({ image }) => [image, PICTURE])
  server = await serve({ roots: { '/sotto/': DIST }, pages: Object.fromEntries([...pages, ...pictures]) })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** A visitor looks at one product, on a page with a shelf. @returns the items whose pictures the shop's server was asked for. */
async function picturesAskedFor(name: 'addresses' | 'inside', id: string): Promise<string[]> {
  const context = await browser.newContext()
  const recorder = new Recorder(context)
  const page = await context.newPage()
  await page.addInitScript((looked) => Object.assign(window, { looked }), id)
  await page.goto(`${server.origin}/${name}/`)
  const pictures = page.locator('sotto-shelf >> img')
  const drawn = () => pictures.evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length)
  await expect.poll(drawn).toBe(LIMIT)
  expect((await call(page, 'recommend', { strategy: 'for-you' })).items[0]!.evidence.kind).toBe('history')
  const schemes = new Set(await pictures.evaluateAll((images) => images.map((image) => new URL((image as HTMLImageElement).src).protocol)))
  expect([...schemes]).toEqual([name === 'inside' ? 'blob:' : 'http:'])
  await recorder.settled()
  await context.close()
  return recorder.lines().flatMap((line) => /\/pictures\/(.*)\.png$/.exec(line)?.[1] ?? [])
}

/** What a server would guess that the visitor looked at: the sub-category most asked for; where nothing is asked for, always the same. */
function guess(asked: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const id of asked) {
    const name = shop.subCategoryOf.get(id)!
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? looked[0]!.subCategory
}

async function guessRate(name: 'addresses' | 'inside') {
  let right = 0
  let requests = 0
  for (const { id, subCategory } of looked) {
    const asked = await picturesAskedFor(name, id)
    requests += asked.length
    if (guess(asked) === subCategory) right++
  }
  return { rate: right / looked.length, requests }
}

describe("what the pictures of a shelf tell the shop's server", () => {
  test('as addresses: what was looked at', async () => {
    const { rate, requests } = await guessRate('addresses')
    console.log(
      `pictures by address: sub-category guessed for ${(100 * rate).toFixed(0)} % of ${looked.length} products, ${requests} requests`,
    )
    expect(requests).toBeGreaterThanOrEqual(LIMIT * looked.length)
    expect(rate).toBeGreaterThan(0.75)
  })

  test('inside the pack: nothing, no request is made and a guess is chance', async () => {
    const { rate, requests } = await guessRate('inside')
    console.log(
      `pictures in the pack: sub-category guessed for ${(100 * rate).toFixed(0)} % of ${looked.length} products, ${requests} requests`,
    )
    expect(requests).toBe(0)
    expect(rate).toBeCloseTo(1 / looked.length)
  })
})
