import { describe, expect, test } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { itemNeighbours } from '../../../../pack/learn/item-neighbours'
import { transitions } from '../../../../pack/learn/transitions'
import type { Item } from '../../../../src/shared/items'
import type { RecommendRequest } from '../../../../src/shared/recommendation'
import type { Checkpoint } from '../../../../worker/history/checkpoint'
import type { ModelPart } from '../../../../worker/models/model-part'
import { recommend } from '../../../../worker/ranking/recommend'
import { learnedFrom } from '../../../support/learned-files'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../../support/reference-catalog'
import { contextOf } from '../context-of'

const DAY = 86_400_000
const KINDS = ['lamp', 'bulb', 'desk', 'chair']
/** Four of each kind, taking turns; lamps and bulbs look nothing alike, but are bought together by number: lamp-0 with bulb-1, ... */
const ITEMS: readonly Item[] = Array.from({ length: 16 }, (_, i) => {
  const kind = KINDS[i % 4]!
  return { id: `${kind}-${i}`, title: `${kind} ${i}`, categories: [kind], ...(i < 12 && { published: (i + 1) * DAY }) }
})
const CATALOG = () =>
  recordedCatalog(ITEMS, ({ id }) => axes(4, [KINDS.indexOf(id.split('-')[0]!), 1], [(Number(id.split('-')[1]) >> 2) % 4, 0.2]))

/** Six visitors each took lamp, then bulb of one number; all but one number of visitors are below no support. */
const LOG: InteractionLog = logOf(Array.from({ length: 24 }, (_, visitor) => [4 * (visitor % 4), 4 * (visitor % 4) + 1]))

function logOf(sequences: readonly number[][]): InteractionLog {
  const starts = Int32Array.from([0, ...sequences.map((_, at) => sequences.slice(0, at + 1).flat().length)])
  return { itemCount: ITEMS.length, starts, items: Int32Array.from(sequences.flat()) }
}

async function parts(): Promise<ModelPart[]> {
  const input = { log: LOG, support: 5, seed: 1 }
  return [await itemNeighbours.learn(input, itemNeighbours.choices[0]!), await transitions.learn(input, transitions.choices[0]!)]
}

async function contextWith(checkpoint: Checkpoint, learnedParts: readonly ModelPart[] = [], now = 0) {
  const context = { ...contextOf(CATALOG(), checkpoint), now }
  const { learned, asked } = learnedFrom(learnedParts, ITEMS.length)
  return learnedParts.length ? { ...context, learned: async () => learned, asked } : { ...context, asked }
}

async function shelfOf(request: RecommendRequest, context: Awaited<ReturnType<typeof contextWith>>) {
  const shelf = await recommend(request, context)
  return shelf.map(({ id, evidence }) => [id, evidence.kind])
}

describe('bought-together', () => {
  test('what orders hold together, by the model of the pack, fetched when first needed', async () => {
    const context = await contextWith(checkpointOf(), await parts())
    expect(context.asked).toEqual([])
    expect(await shelfOf({ strategy: 'bought-together', itemId: 'lamp-0', limit: 3 }, context)).toEqual([['bulb-1', 'together']])
    await shelfOf({ strategy: 'bought-together', itemId: 'bulb-5', limit: 3 }, context)
    expect(context.asked).toEqual(['https://shop.example/packs/item-neighbours.pack'])
  })

  test('an item nobody bought with another, or a pack without orders: nothing', async () => {
    expect(
      await shelfOf({ strategy: 'bought-together', itemId: 'desk-2', limit: 3 }, await contextWith(checkpointOf(), await parts())),
    ).toEqual([])
    expect(await shelfOf({ strategy: 'bought-together', itemId: 'lamp-0', limit: 1 }, await contextWith(checkpointOf()))).toEqual([])
  })

  test('says which model it comes from, and claims no likeness', async () => {
    const [first] = await recommend({ strategy: 'bought-together', itemId: 'lamp-0' }, await contextWith(checkpointOf(), await parts()))
    expect(first!.evidence).toEqual({ kind: 'together', because: [], words: [], categories: [], model: 'item-neighbours' })
  })

  test('not what was bought or lies in the cart', async () => {
    for (const done of [{ bought: true }, { inCart: true }]) {
      const context = await contextWith(checkpointOf(touchOf('bulb-1', done)), await parts())
      expect(await shelfOf({ strategy: 'bought-together', itemId: 'lamp-0' }, context)).toEqual([])
    }
  })

  test('neither excluded nor rejected items; an unknown one is named as the cause', async () => {
    const rejected = checkpointOf(touchOf('bulb-1', { weight: -3, rejected: true }))
    const shelf = await shelfOf({ strategy: 'bought-together', itemId: 'lamp-0', limit: 2 }, await contextWith(rejected, await parts()))
    expect(shelf.map(([id]) => id)).not.toContain('bulb-1')
    await expect(recommend({ strategy: 'bought-together', itemId: 'no' }, await contextWith(checkpointOf()))).rejects.toMatchObject({
      code: 'unknown-item',
    })
  })

  test('a file that does not come is as good as none, and its failure is shown', async () => {
    const [neighbours] = await parts()
    const { learned, faults } = learnedFrom([neighbours!], ITEMS.length, () => new Response(null, { status: 503 }))
    const context = { ...(await contextWith(checkpointOf())), learned: async () => learned }
    expect(await shelfOf({ strategy: 'bought-together', itemId: 'lamp-0', limit: 1 }, context)).toEqual([])
    expect(faults).toMatchObject([{ code: 'catalog-failed', details: { reason: 'http' } }])
  })
})

describe('cart', () => {
  const inCart = checkpointOf(touchOf('lamp-0', { inCart: true, event: 'add_to_cart', weight: 3 }), touchOf('lamp-4'))

  test('what goes with what lies in it, because of that', async () => {
    const shelf = await recommend({ strategy: 'cart', limit: 3 }, await contextWith(inCart, await parts()))
    expect(shelf.map(({ id }) => id)).toEqual(['bulb-1'])
    expect(shelf[0]!.evidence).toMatchObject({
      kind: 'history',
      model: 'item-neighbours',
      because: [{ itemId: 'lamp-0', event: 'add_to_cart', share: 1 }],
    })
  })

  test('empty: nothing; without a model: like what lies in it, and nothing that was touched', async () => {
    const empty = await contextWith(checkpointOf(touchOf('lamp-4')), await parts())
    expect(await shelfOf({ strategy: 'cart' }, empty)).toEqual([])
    expect(empty.asked).toEqual(['https://shop.example/packs/item-neighbours.pack'])
    const plain = await shelfOf({ strategy: 'cart', limit: 2 }, await contextWith(inCart))
    expect(plain).toEqual([
      ['lamp-8', 'history'],
      ['lamp-12', 'history'],
    ])
  })
})

describe('next', () => {
  test('what follows the latest session, not what was done days before', async () => {
    const history = checkpointOf(touchOf('lamp-8', { time: 0 }), touchOf('lamp-4', { time: 2 * DAY }))
    expect(await shelfOf({ strategy: 'next', limit: 3 }, await contextWith(history, await parts(), 2 * DAY))).toEqual([
      ['bulb-5', 'history'],
    ])
  })

  test('after a pause it goes on from there', async () => {
    const history = checkpointOf(touchOf('lamp-4', { time: 0 }))
    expect(await shelfOf({ strategy: 'next', limit: 3 }, await contextWith(history, await parts(), DAY))).toEqual([['bulb-5', 'history']])
  })

  test('nothing before anything was looked at, and the same file is fetched', async () => {
    const context = await contextWith(checkpointOf(), await parts())
    expect(await shelfOf({ strategy: 'next' }, context)).toEqual([])
    expect(context.asked).toEqual(['https://shop.example/packs/transitions.pack'])
  })
})

describe('trending', () => {
  test('by the trend of the pack, items without one left out', async () => {
    const trend = new Uint8Array(ITEMS.length)
    trend.set([9, 0, 200, 40])
    const popularity: ModelPart = {
      model: 'popularity',
      settings: {},
      tensors: { counts: { shape: [16], data: new Uint16Array(16) }, trend: { shape: [16], data: trend } },
    }
    const shelf = await shelfOf({ strategy: 'trending' }, await contextWith(checkpointOf(), [popularity]))
    expect(shelf).toEqual([
      ['desk-2', 'trending'],
      ['chair-3', 'trending'],
      ['lamp-0', 'trending'],
    ])
  })

  test('where the catalog does not know: popular, and it says so', async () => {
    expect(await shelfOf({ strategy: 'trending', limit: 2 }, await contextWith(checkpointOf(), await parts()))).toEqual([
      ['lamp-0', 'popular'],
      ['bulb-1', 'popular'],
    ])
  })
})

describe('new', () => {
  test('latest first; neither undated items nor those of the future', async () => {
    const shelf = await shelfOf({ strategy: 'new', limit: 3 }, await contextWith(checkpointOf(), [], 10.5 * DAY))
    expect(shelf).toEqual([
      ['bulb-9', 'new'],
      ['lamp-8', 'new'],
      ['chair-7', 'new'],
    ])
  })

  test('a filter holds, and nothing dated is nothing to show', async () => {
    const filter = { category: 'desk' }
    expect(await shelfOf({ strategy: 'new', filter }, await contextWith(checkpointOf(), [], 99 * DAY))).toEqual([
      ['desk-10', 'new'],
      ['desk-6', 'new'],
      ['desk-2', 'new'],
    ])
    expect(await shelfOf({ strategy: 'new' }, await contextWith(checkpointOf(), [], 0))).toEqual([])
  })
})
