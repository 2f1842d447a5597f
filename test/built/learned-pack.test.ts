import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPack, encoderFromDisk } from '../../pack'
import { gru as gruLearner } from '../../pack/learn/gru'
import { itemNeighbours } from '../../pack/learn/item-neighbours'
import { partFiles } from '../../pack/make/part-files'
import { withMetadata } from '../../pack/write/pack-header'
import type { ModelPart } from '../../worker/models/model-part'
import { ITEMS } from '../support/built-items'
import { call, DIST, databases, launch, shopPage, view } from '../support/built-page'
import { serve } from '../support/built-server'
import { keptCatalog } from '../support/kept-catalog'
import { nodeTensors } from '../support/node-tensors'

let browser: Browser
let server: Awaited<ReturnType<typeof serve>>
let names: readonly string[]

/** Who took a chair took the envelope of its number with it, which no likeness would say, and some the phone. */
async function parts(): Promise<readonly ModelPart[]> {
  const rowOf = (id: string) => ITEMS.findIndex((item) => item.id === id)
  const baskets = ITEMS.filter(({ id }) => id.startsWith('chairs-')).flatMap(({ id }) => {
    const number = id.split('-')[1]
    const [chair, envelope, phone] = [rowOf(id), rowOf(`envelopes-${number}`), rowOf(`phones-${number}`)]
    return [...Array(9).fill([chair, envelope]), ...Array(5).fill([chair, phone])] as number[][]
  })
  const starts = Int32Array.from([0, ...baskets.map((_, at) => 2 * (at + 1))])
  const log = { itemCount: ITEMS.length, starts, items: Int32Array.from(baskets.flat()) }
  const neighbours = await itemNeighbours.learn({ log, support: 5, seed: 1 }, itemNeighbours.choices[0]!)
  const precision = new Float32Array(16)
  for (let at = 0; at < 4; at++) precision[at * 5] = 1
  const blend: ModelPart = {
    model: 'blend',
    settings: { perVoice: 20, 'item-neighbours': 0.1 },
    tensors: { weights: { shape: [4], data: Float32Array.of(1, 0, 0, 0) }, precision: { shape: [4, 4], data: precision } },
  }
  const tensors = nodeTensors()
  const gru = await gruLearner.learn(
    { log, support: 5, seed: 1, tensors },
    { ...gruLearner.choices[0], length: 4, dim: 16, epochs: 12, learningRate: 0.01 },
  )
  await tensors.close()
  return [neighbours, gru, blend]
}

beforeAll(async () => {
  browser = await launch()
  const { core } = buildPack(ITEMS, { encoder: await encoderFromDisk() })
  const files = partFiles('shop', await parts())
  names = files.map(({ name }) => `/${name}`)
  server = await serve({
    roots: { '/sotto/': DIST },
    pages: {
      '/shop.pack': withMetadata(core, { parts: JSON.stringify(files.map(({ announced }) => announced)) }),
      ...Object.fromEntries(files.map(({ name, bytes }) => [`/${name}`, bytes])),
      '/': shopPage({ attributes: 'data-consent="granted" data-catalog="/shop.pack"' }),
    },
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

async function visitor(consent = 'granted') {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  context.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (names.includes(pathname)) asked.push(pathname)
  })
  await page.goto(server.origin)
  if (consent !== 'granted') await call(page, 'setConsent', consent)
  const shelf = async (fields = {}) => {
    const { items } = await call(page, 'recommend', { strategy: 'for-you', slot: 'home', limit: 2, ...fields })
    return items.map(({ id, evidence }) => ({ id, model: evidence.model }))
  }
  return { context, page, asked, shelf }
}

/** The network is in no blend: nobody fetches it who does not ask for it. */
const ofBlend = () => [names[0], names[2]]

/** The catalog and these files are on the disk: a page that is left earlier has them fetched again. */
async function areKept(page: Page, paths: readonly (string | undefined)[]): Promise<void> {
  const wanted = { items: ITEMS.length, files: paths.map((path) => path!.slice(1)).sort() }
  await expect.poll(async () => keptCatalog(page)).toEqual(wanted)
}

/** Both are of the number that was looked at. */
const LEARNED = [
  { id: 'envelopes-2', model: 'blend' },
  { id: 'phones-2', model: 'blend' },
]

describe('a pack with learned parts, as built', () => {
  test('first shelf without them; then theirs, from the disk on the next page', async () => {
    const { context, page, asked, shelf } = await visitor()
    await view(page, 'chairs-2')
    const first = await shelf()
    expect(first.map(({ model }) => model)).toEqual([undefined, undefined])
    await expect.poll(() => shelf()).toEqual(LEARNED)
    expect(asked.toSorted()).toEqual(ofBlend().sort())
    await areKept(page, ofBlend())

    await page.reload()
    expect((await call(page, 'status')).catalog.from).toBe('none')
    expect(await shelf()).toEqual(LEARNED)
    expect(asked).toHaveLength(2)
    expect((await call(page, 'status')).catalog).not.toHaveProperty('fault')
    await context.close()
  })

  test('who has no history fetches the same files, whatever is asked', async () => {
    const [neighbours] = names
    const questions = {
      'for-you': ['recommend', { strategy: 'for-you' }, ofBlend().sort()],
      rank: ['rank', ['chairs-1', 'phones-2'], ofBlend().sort()],
      cart: ['recommend', { strategy: 'cart' }, [neighbours]],
      next: ['recommend', { strategy: 'next' }, [neighbours]],
    } as const
    for (const [name, [method, argument, expected]] of Object.entries(questions)) {
      const { context, page, asked } = await visitor()
      await call(page, method, argument)
      await expect.poll(() => asked.toSorted(), { message: name }).toEqual(expected)
      await context.close()
    }
  })

  test('what is chosen teaches the ranker; the visitor can take it along, and forgetting takes it away', async () => {
    const { context, page, shelf } = await visitor()
    await view(page, 'chairs-2')
    await expect.poll(() => shelf()).toEqual(LEARNED)
    const told = await call(page, 'explain', 'phones-2')
    expect(told).toMatchObject({ parts: [{ name: 'item-neighbours', share: 1 }], because: [{ itemId: 'chairs-2', share: 1 }] })
    expect(told.features?.map(({ name, weight }) => [name, weight])).toEqual([
      ['item-neighbours', 1],
      ['agreement', 0],
      ['seen', 0],
      ['bias', 0],
    ])
    const weights = async () => (await call(page, 'exportData')).ranker?.weights
    await expect.poll(weights).toEqual([1, 0, 0, 0])
    // The second of two: what the first has more of counts for less.
    await view(page, 'phones-2')
    await shelf()
    await expect.poll(async () => (await weights())?.[0]).toBeLessThan(1)
    await page.reload()
    expect((await weights())?.[0]).toBeLessThan(1)
    expect((await call(page, 'exportData')).ranker?.shown[0]).toMatchObject({ slot: 'home', items: ['envelopes-2', 'phones-2'] })

    expect((await call(page, 'forget')).databases).toEqual([])
    expect(await databases(page)).toEqual([])
    expect(await call(page, 'exportData')).not.toHaveProperty('ranker')
    await context.close()
  })

  test('a network by name: tfjs comes with it, and the same network ranks from the disk on the next page', async () => {
    const { context, page, asked, shelf } = await visitor()
    await view(page, 'chairs-2')
    const first = await shelf({ model: 'gru' })
    expect(first).toEqual([
      { id: expect.stringMatching(/^(envelopes|phones)-2$/), model: 'gru' },
      { id: expect.any(String), model: 'gru' },
    ])
    expect(asked).toContain(names[1])
    expect((await call(page, 'status')).compute.tensors.backend).toBe('wasm')
    expect((await call(page, 'status')).catalog).not.toHaveProperty('fault')
    const before = asked.length
    await areKept(page, [names[1]])
    await page.reload()
    expect(await shelf({ model: 'gru' })).toEqual(first)
    expect(asked.slice(before)).not.toContain(names[1])
    await context.close()
  })

  test('bought together, with the cart and next, one model by name, and a memory that ends with the page', async () => {
    const { context, page, shelf } = await visitor('session')
    const ids = async (request: object) => (await call(page, 'recommend', { limit: 2, ...request })).items.map(({ id }) => id)
    expect(await ids({ strategy: 'bought-together', itemId: 'chairs-4' })).toEqual(['envelopes-4', 'phones-4'])
    expect(await ids({ strategy: 'cart' })).toEqual([])
    await call(page, 'track', 'add_to_cart', { items: [{ item_id: 'chairs-1' }] })
    expect(await ids({ strategy: 'cart' })).toEqual(['envelopes-1', 'phones-1'])
    await view(page, 'chairs-3')
    expect(await ids({ strategy: 'next', limit: 4 })).toContain('envelopes-3')
    expect((await shelf({ model: 'item-neighbours' }))[0]).toMatchObject({ model: 'item-neighbours' })
    expect(await databases(page)).toEqual([])
    await page.reload()
    await call(page, 'setConsent', 'session')
    expect(await ids({ strategy: 'cart' })).toEqual([])
    await context.close()
  })
})
