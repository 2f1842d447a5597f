import { beforeEach, describe, expect, test } from 'vitest'
import { itemNeighbours } from '../../../../pack/learn/item-neighbours'
import type { StoredEvent } from '../../../../src/shared/events'
import type { Item } from '../../../../src/shared/items'
import type { ModelPart } from '../../../../worker/models/model-part'
import type { RankerMemory } from '../../../../worker/ranking/context'
import { explain } from '../../../../worker/ranking/explain'
import type { RankerNote } from '../../../../worker/ranking/learned/shown'
import { rank } from '../../../../worker/ranking/rank'
import { recommend } from '../../../../worker/ranking/recommend'
import { learnedFrom } from '../../../support/learned-files'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../../support/reference-catalog'
import { contextOf } from '../context-of'

/** All items look alike in kind but for their number, so that only what was learned can tell them apart. */
const ITEMS: readonly Item[] = Array.from({ length: 12 }, (_, i) => ({ id: `item-${i}`, title: `thing ${i}`, categories: ['things'] }))
const vectorOf = ({ id }: Item) => axes(12, [Number(id.slice(5)), 1])
const NOW = 1_000_000

/** Visitors of item 0 took 5, 6 and 7 besides, the first the most often. */
async function neighbours(): Promise<ModelPart> {
  const sequences = [...Array(9).fill([0, 5]), ...Array(7).fill([0, 6]), ...Array(6).fill([0, 7]), ...Array(5).fill([1, 8])] as number[][]
  const starts = Int32Array.from([0, ...sequences.map((_, at) => 2 * (at + 1))])
  const log = { itemCount: ITEMS.length, starts, items: Int32Array.from(sequences.flat()) }
  return itemNeighbours.learn({ log, support: 5, seed: 1 }, itemNeighbours.choices[0]!)
}

/** A blend of that model alone: weights of its score, of agreement, of what was seen, of 1. */
function blendPart(): ModelPart {
  const precision = new Float32Array(16)
  for (let at = 0; at < 4; at++) precision[at * 5] = 1
  return {
    model: 'blend',
    settings: { perVoice: 20, 'item-neighbours': 0.1 },
    tensors: { weights: { shape: [4], data: Float32Array.of(1, 0, 0, 0) }, precision: { shape: [4, 4], data: precision } },
  }
}

let note: RankerNote | undefined
let events: StoredEvent[]
const memory: RankerMemory = {
  note: async (change) => {
    if (change) note = structuredClone(change(note)) as RankerNote // as `noteShown` makes it
    return note
  },
  since: async (time) => events.filter((event) => event.time >= time),
}

beforeEach(() => {
  note = undefined
  events = []
})

async function visitor(parts: readonly ModelPart[], serve?: Parameters<typeof learnedFrom>[2]) {
  const { learned, asked, faults, news } = learnedFrom(parts, ITEMS.length, serve)
  const plain = contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf(touchOf('item-0', { time: NOW, event: 'purchase' })))
  const context = { ...plain, now: NOW, learned: async () => learned, memory }
  const shelf = (fields = {}, now = NOW) => recommend({ strategy: 'for-you', limit: 3, ...fields }, { ...context, now })
  return { shelf, asked, faults, news, context }
}

describe('for-you by what was learned', () => {
  test('the first shelf does not wait for models; they come when nobody waits, and the next one is theirs', async () => {
    const { shelf, asked } = await visitor([await neighbours(), blendPart()])
    expect((await shelf())[0]!.evidence).not.toHaveProperty('model')
    await expect.poll(() => asked.length).toBe(2)
    await new Promise((resolve) => setTimeout(resolve))
    const learned = await shelf()
    expect(learned.map(({ id }) => id)).toEqual(['item-5', 'item-6', 'item-7'])
    expect(learned[0]!.evidence).toMatchObject({
      kind: 'history',
      model: 'blend',
      because: [{ itemId: 'item-0', event: 'purchase', share: 1 }],
    })
    expect(asked).toEqual(['https://shop.example/packs/blend.pack', 'https://shop.example/packs/item-neighbours.pack'])
  })

  test('one model by name, at once; one that the pack lacks changes nothing, one that there is not is refused', async () => {
    const { shelf } = await visitor([await neighbours()])
    const by = await shelf({ model: 'item-neighbours' })
    expect(by.map(({ id, evidence }) => [id, evidence.model])).toEqual([
      ['item-5', 'item-neighbours'],
      ['item-6', 'item-neighbours'],
      ['item-7', 'item-neighbours'],
    ])
    await expect(shelf({ model: 'no-such' })).rejects.toMatchObject({ code: 'invalid-argument' })
    expect((await shelf({ model: 'ease' }))[0]!.evidence).not.toHaveProperty('model')
  })

  test('neither what was touched nor what is excluded; where too few are left, the rest by likeness', async () => {
    const { shelf } = await visitor([await neighbours()])
    const ids = (await shelf({ model: 'item-neighbours', limit: 2, exclude: ['item-5'] })).map(({ id }) => id)
    expect(ids).toEqual(['item-6', 'item-7'])
    const { shelf: blended, asked } = await visitor([await neighbours(), blendPart()])
    await blended()
    await expect.poll(() => asked.length).toBe(2)
    await new Promise((resolve) => setTimeout(resolve))
    const mixed = await blended({ limit: 5 })
    expect(mixed.map(({ evidence }) => evidence.model)).toEqual(['blend', 'blend', 'blend', undefined, undefined])
    expect(new Set(mixed.map(({ id }) => id))).toHaveProperty('size', 5)
  })

  test('a model that cannot be had is as good as none, and the failure is shown', async () => {
    const { shelf, faults } = await visitor([await neighbours()], () => new Response(null, { status: 500 }))
    expect(await shelf({ model: 'item-neighbours' })).toHaveLength(3)
    expect(faults).toMatchObject([{ code: 'catalog-failed' }])
  })
})

describe('a blend that cannot be had', () => {
  test('one that needs a model the pack lacks: the fault is shown, the page is not told again and again', async () => {
    const one = await visitor([blendPart()])
    for (let at = 0; at < 3; at++) expect((await one.shelf())[0]!.evidence).not.toHaveProperty('model')
    await new Promise((resolve) => setTimeout(resolve))
    expect(one.faults).toMatchObject([{ code: 'pack-invalid', message: expect.stringContaining('item-neighbours') }])
    expect(one.news).toEqual([])
  })

  test('files that fail are not fetched at every shelf', async () => {
    const one = await visitor([await neighbours(), blendPart()], () => new Response(null, { status: 404 }))
    for (let at = 0; at < 3; at++) await one.shelf()
    await new Promise((resolve) => setTimeout(resolve))
    expect(one.asked).toHaveLength(1)
    expect(one.news).toEqual([])
  })
})

describe('learning on the device', () => {
  async function opened() {
    const one = await visitor([await neighbours(), blendPart()])
    await one.shelf()
    await expect.poll(() => one.asked.length).toBe(2)
    await new Promise((resolve) => setTimeout(resolve))
    return one
  }

  test('what is shown is noted; what is chosen moves the weights, once', async () => {
    const { shelf } = await opened()
    await shelf({ slot: 'home' })
    await expect.poll(() => note?.shown.map(({ slot, ids }) => [slot, ids])).toEqual([['home', ['item-5', 'item-6', 'item-7']]])
    const before = note!.belief.mean[0]!
    events = [{ id: '1', name: 'view_item', time: NOW + 1, session: 1, items: [{ item_id: 'item-7' }] }]
    await shelf({ slot: 'home' }, NOW + 2)
    await expect.poll(() => note!.belief.mean[0]).not.toBe(before)
    // The one with the lowest score was chosen: the score counts for less now.
    expect(note!.belief.mean[0]).toBeLessThan(before)
    const after = note!.belief.mean[0]
    await shelf({ slot: 'other' }, NOW + 3)
    await expect.poll(() => note?.shown.length).toBe(3)
    expect(note!.belief.mean[0]).toBe(after)
  })

  test('a memory that fails teaches nothing and breaks nothing', async () => {
    const { context } = await opened()
    const broken = { note: () => Promise.reject(new Error('disk')), since: () => Promise.reject(new Error('disk')) }
    const shelf = await recommend({ strategy: 'for-you', limit: 3 }, { ...context, memory: broken })
    expect(shelf[0]!.evidence.model).toBe('blend')
  })
})

describe('re-ranking and explaining', () => {
  test('by the models once they are here, by likeness before', async () => {
    const one = await visitor([await neighbours(), blendPart()])
    const ids = ['item-3', 'item-7', 'unknown', 'item-5']
    expect(await rank(ids, one.context)).not.toEqual(['item-5', 'item-7', 'unknown', 'item-3'])
    await expect.poll(() => one.asked.length).toBe(2)
    await new Promise((resolve) => setTimeout(resolve))
    expect(await rank(ids, one.context)).toEqual(['item-5', 'item-7', 'unknown', 'item-3'])
    const why = await explain('item-5', one.context)
    expect(why).toMatchObject({
      parts: [{ name: 'item-neighbours', share: 1 }],
      because: [{ itemId: 'item-0', event: 'purchase', share: 1 }],
    })
    expect(why.features?.[0]).toMatchObject({ name: 'item-neighbours', weight: 1 })
    // No model speaks for it: as without models.
    expect(await explain('item-3', one.context)).not.toHaveProperty('features')
    await expect(explain('no', one.context)).rejects.toMatchObject({ code: 'unknown-item' })
    expect(one.faults).toEqual([])
  })
})
