import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVENT_NAMES } from '../../../src/shared/events'
import type { Item } from '../../../src/shared/items'
import type { RecommendRequest } from '../../../src/shared/recommendation'
import type { Checkpoint } from '../../../worker/history/checkpoint'
import { recommend } from '../../../worker/ranking/recommend'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../support/reference-catalog'
import { contextOf } from './context-of'

const DIM = 4
/** Four kinds of goods, 10 of each, taking turns in popularity; each kind is an axis, with a little of the next. */
const KINDS = ['chair', 'pen', 'lamp', 'desk']
const ITEMS: readonly Item[] = Array.from({ length: 40 }, (_, i) => {
  const kind = KINDS[i % 4]!
  const range = kind === 'pen' ? 'Small' : 'Large'
  return { id: `${kind}-${i}`, title: `${kind} model ${1000 + i}`, categories: [range, kind], brand: i < 20 ? 'Acme' : 'Bolt', price: i }
})

function vectorOf({ id }: Item): Float32Array {
  const [kind, number] = id.split('-')
  const axis = KINDS.indexOf(kind!)
  return axes(DIM, [axis, 1], [(axis + 1) % DIM, Number(number) / 100])
}

function context(checkpoint: Checkpoint = checkpointOf(), items = ITEMS) {
  return contextOf(recordedCatalog(items, vectorOf), checkpoint, async (text) => {
    const axis = KINDS.findIndex((kind) => text.includes(kind.slice(0, 3)))
    return axis < 0 ? new Float32Array(DIM) : axes(DIM, [axis, 1])
  })
}

async function idsOf(request: RecommendRequest, of = context()): Promise<string[]> {
  return (await recommend(request, of)).map(({ id }) => id)
}

describe('for-you', () => {
  test('nothing known: the catalog’s order, a category in turn, as popular', async () => {
    const shelf = await recommend({ strategy: 'for-you', limit: 5 }, context())
    expect(shelf.map(({ id }) => id)).toEqual(['chair-0', 'pen-1', 'lamp-2', 'desk-3', 'chair-4'])
    expect(shelf[0]!.evidence).toEqual({ kind: 'popular', because: [], words: [], categories: [] })
    expect(shelf[0]!.thumbnail).toMatchObject({ type: 'image/webp' })
    expect(shelf[1]).not.toHaveProperty('thumbnail')
  })

  test('nothing usable known: what was seen is left out all the same', async () => {
    const touches = [touchOf('gone'), touchOf('chair-0', { weight: -1 }), touchOf('pen-1', { weight: -5, rejected: true })]
    expect(await idsOf({ strategy: 'for-you', limit: 2 }, context(checkpointOf(...touches)))).toEqual(['lamp-2', 'desk-3'])
  })

  test('follows the history, says why, and never shows what was touched', async () => {
    const viewed = context(checkpointOf(touchOf('lamp-2'), touchOf('lamp-6', { event: 'add_to_cart', weight: 3, inCart: true })))
    const shelf = await recommend({ strategy: 'for-you', limit: 4 }, viewed)
    for (const { id, evidence } of shelf) {
      expect(id).toMatch(/^lamp-(?!2$|6$)/)
      expect(evidence.kind).toBe('history')
      expect(evidence.because[0]).toMatchObject({ itemId: 'lamp-6', title: 'lamp model 1006', event: 'add_to_cart' })
      expect(evidence.words).toEqual(['lamp', 'model'])
      expect(evidence.categories).toEqual(['Large', 'lamp'])
    }
  })

  test('slots in proportion to interests', async () => {
    const both = context(checkpointOf(touchOf('lamp-2', { weight: 3 }), touchOf('pen-1', { weight: 1 })))
    const ids = await idsOf({ strategy: 'for-you', limit: 8 }, both)
    expect(ids.filter((id) => id.startsWith('lamp'))).toHaveLength(6)
    expect(ids.filter((id) => id.startsWith('pen'))).toHaveLength(2)
  })

  test('reads the fields of what it shows and of the reasons, nothing else, each once', async () => {
    const viewed = context(checkpointOf(touchOf('lamp-2'), touchOf('lamp-6')))
    const shelf = await recommend({ strategy: 'for-you', limit: 4, filter: { category: 'lamp' } }, viewed)
    const expected = [...shelf.map(({ id }) => viewed.catalog.indexOf(id)), 2, 6]
    expect(viewed.catalog.reads.toSorted((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
  })

  test('an empty catalog gives an empty shelf', async () => {
    expect(await idsOf({ strategy: 'for-you' }, context(checkpointOf(touchOf('x')), []))).toEqual([])
    expect(await idsOf({ strategy: 'search', query: 'lamp' }, context(checkpointOf(), []))).toEqual([])
  })

  test('items without text: nothing breaks, they are just not near to anything', async () => {
    const catalog = recordedCatalog(ITEMS, () => new Float32Array(DIM))
    expect(await recommend({ strategy: 'for-you' }, contextOf(catalog, checkpointOf(touchOf('pen-1'))))).toHaveLength(8)
  })

  test('old interests fade: the same weight long ago counts less', async () => {
    const days = 86_400_000
    const touches = [touchOf('lamp-2', { time: -120 * days }), touchOf('pen-1', { time: 0 })]
    const ids = await idsOf({ strategy: 'for-you', limit: 8 }, context(checkpointOf(...touches)))
    expect(ids.filter((id) => id.startsWith('pen')).length).toBeGreaterThan(ids.filter((id) => id.startsWith('lamp')).length + 4)
  })
})

describe('filters', () => {
  test.each<[string, RecommendRequest['filter'], RegExp]>([
    ['category, narrow', { category: 'desk' }, /^desk/],
    ['category, wide', { category: 'Small' }, /^pen/],
    ['brand', { brand: 'Bolt' }, /-[23]\d$/],
    ['price', { minPrice: 7, maxPrice: 9 }, /-[789]$/],
    ['all at once', { category: 'lamp', brand: 'Acme', minPrice: 10, maxPrice: 18 }, /^lamp-1[048]$/],
  ])('%s', async (_, filter, pattern) => {
    for (const of of [context(), context(checkpointOf(touchOf('chair-0')))]) {
      const ids = await idsOf({ strategy: 'for-you', limit: 50, filter: filter! }, of)
      expect(ids.length).toBeGreaterThan(0)
      for (const id of ids) expect(id).toMatch(pattern)
    }
  })

  test('nothing meets it: an empty shelf', async () => {
    expect(await idsOf({ strategy: 'for-you', filter: { category: 'Boats' } })).toEqual([])
  })

  test('fields are read for brand and price only, and not of items already out', async () => {
    const byCategory = context()
    await recommend({ strategy: 'for-you', limit: 1, filter: { category: 'pen' } }, byCategory)
    expect(byCategory.catalog.reads).toHaveLength(1)
    const byBrand = context()
    await recommend({ strategy: 'for-you', limit: 1, filter: { category: 'pen', brand: 'Acme' } }, byBrand)
    expect(byBrand.catalog.reads).toHaveLength(10 + 1)
  })

  test('an item without a price meets no bound', async () => {
    const items = [{ id: 'pen-0', title: 'pen', categories: [] }]
    expect(await idsOf({ strategy: 'for-you', filter: { minPrice: 0 } }, context(checkpointOf(), items))).toEqual([])
    expect(await idsOf({ strategy: 'for-you', filter: { maxPrice: 9 } }, context(checkpointOf(), items))).toEqual([])
    expect(await idsOf({ strategy: 'for-you' }, context(checkpointOf(), items))).toEqual(['pen-0'])
  })

  test('unavailable and excluded items appear in no shelf', async () => {
    const items = ITEMS.map((item) => (item.id === 'lamp-6' ? { ...item, available: false } : item))
    const viewed = checkpointOf(touchOf('lamp-6'), touchOf('lamp-2'))
    for (const strategy of ['for-you', 'similar', 'recently-viewed', 'search'] as const) {
      const request = { strategy, itemId: 'lamp-14', query: 'lamp-10', limit: 40, exclude: ['lamp-10', 'no-such-item'] }
      const ids = await idsOf(request, context(viewed, items))
      expect(ids.length).toBeGreaterThan(0)
      expect(ids).not.toContain('lamp-6')
      expect(ids).not.toContain('lamp-10')
    }
  })
})

describe('similar', () => {
  test('near items, not the item itself, whatever the history', async () => {
    const ids = await idsOf({ strategy: 'similar', itemId: 'desk-3', limit: 5 })
    expect(ids).toHaveLength(5)
    for (const id of ids) expect(id).toMatch(/^desk-(?!3$)/)
    expect(await idsOf({ strategy: 'similar', itemId: 'desk-3', limit: 5 }, context(checkpointOf(touchOf('pen-1'))))).toEqual(ids)
  })

  test('says what is in common with the item', async () => {
    const [first] = await recommend({ strategy: 'similar', itemId: 'desk-3' }, context())
    expect(first!.evidence).toEqual({ kind: 'item', because: [], words: ['desk', 'model'], categories: ['Large', 'desk'] })
  })

  test('not what was rejected', async () => {
    const rejected = context(checkpointOf(touchOf('desk-7', { weight: -5, rejected: true })))
    expect(await idsOf({ strategy: 'similar', itemId: 'desk-3', limit: 30 }, rejected)).not.toContain('desk-7')
  })

  test('unknown or missing item', async () => {
    await expect(idsOf({ strategy: 'similar', itemId: 'nothing' })).rejects.toMatchObject({ code: 'unknown-item' })
    // @ts-expect-error what the types refuse may still come from JavaScript
    await expect(idsOf({ strategy: 'similar' })).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

describe('recently-viewed', () => {
  test('latest first, without what the catalog lacks, and nothing is scored', async () => {
    const touches = [touchOf('pen-1', { time: -9 }), touchOf('gone'), touchOf('desk-3', { event: 'purchase', bought: true })]
    const shelf = await recommend({ strategy: 'recently-viewed' }, context(checkpointOf(...touches)))
    expect(shelf.map(({ id }) => id)).toEqual(['desk-3', 'pen-1'])
    expect(shelf[0]!.evidence).toMatchObject({ kind: 'recent', because: [{ itemId: 'desk-3', event: 'purchase', share: 1 }] })
    expect(shelf[0]!.score).toBeGreaterThan(shelf[1]!.score)
  })

  test('no history: empty', async () => {
    expect(await idsOf({ strategy: 'recently-viewed' })).toEqual([])
  })
})

describe('search', () => {
  test('words decide, with what matched as evidence', async () => {
    const [first] = await recommend({ strategy: 'search', query: 'Lamps 1006' }, context())
    expect(first).toMatchObject({ id: 'lamp-6', evidence: { kind: 'query', words: ['lamps', '1006'], categories: ['lamp'] } })
  })

  test('the last word may be unfinished', async () => {
    const ids = await idsOf({ strategy: 'search', query: 'lam', limit: 10 })
    expect(ids).toHaveLength(10)
    for (const id of ids) expect(id).toMatch(/^lamp/)
  })

  test('an id gives that item first, once', async () => {
    const ids = await idsOf({ strategy: 'search', query: ' pen-5 ', limit: 40 })
    expect(ids[0]).toBe('pen-5')
    expect(ids.filter((id) => id === 'pen-5')).toHaveLength(1)
  })

  test('no letter or digit: empty, and nothing is encoded', async () => {
    for (const query of ['', '  ', '?!', '\u200d', '🪑'])
      expect(await recommend({ strategy: 'search', query }, contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf()))).toEqual([])
  })

  test('no text throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 1000 })), async (query) => {
        expect(Array.isArray(await recommend({ strategy: 'search', query }, context()))).toBe(true)
      }),
    )
  })

  test('a missing query is refused', async () => {
    const context = contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf())
    // @ts-expect-error what the types refuse may still come from JavaScript
    await expect(recommend({ strategy: 'search' }, context)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

test('every strategy, any history: at most limit items, each once, evidence within its bounds', async () => {
  const touch = fc
    .record({
      id: fc.constantFrom(...ITEMS.map(({ id }) => id), 'gone'),
      weight: fc.double({ min: -5, max: 9, noNaN: true }),
      event: fc.constantFrom(...EVENT_NAMES),
    })
    .map(({ id, ...fields }) => touchOf(id, { ...fields, rejected: fields.weight < -3 }))
  const history = fc.uniqueArray(touch, { selector: ({ id }) => id, maxLength: 30 })
  const strategies = fc.constantFrom('for-you', 'similar', 'recently-viewed', 'search')
  await fc.assert(
    fc.asyncProperty(history, strategies, fc.integer({ min: 1, max: 50 }), async (touches, strategy, limit) => {
      const shelf = await recommend({ strategy, limit, itemId: 'pen-9', query: 'pen' }, context(checkpointOf(...touches)))
      expect(shelf.length).toBeLessThanOrEqual(limit)
      expect(new Set(shelf.map(({ id }) => id)).size).toBe(shelf.length)
      for (const { score, evidence } of shelf) {
        expect(Number.isFinite(score)).toBe(true)
        expect(evidence.because.length).toBeLessThanOrEqual(3)
        expect(evidence.words.length).toBeLessThanOrEqual(6)
        expect(evidence.because.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
  )
})
