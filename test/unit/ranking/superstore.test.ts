import { beforeAll, describe, expect, test } from 'vitest'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import type { Item } from '../../../src/shared/items'
import { explain } from '../../../worker/ranking/explain'
import { rank } from '../../../worker/ranking/rank'
import { recommend } from '../../../worker/ranking/recommend'
import type { Encoder } from '../../../worker/text/encoder'
import { checkpointOf, recordedCatalog, superstoreItems, touchOf } from '../../support/reference-catalog'
import { contextOf } from './context-of'

/** As Sotto itself would encode them where a catalog brings no vectors. */
const ITEMS = superstoreItems()
const SUB_CATEGORIES = [...new Set(ITEMS.map(subCategory))]
let encoder: Encoder

function subCategory({ categories }: Item): string {
  return categories.at(-1)!
}

function vectorOf({ title, categories }: Item): Float32Array {
  return encoder.encode(`${title} ${categories.join(' ')}`)
}

function titleVectorOf({ title }: Item): Float32Array {
  return encoder.encode(title)
}

beforeAll(async () => {
  encoder = await encoderFromDisk()
})

describe('on the office shop', () => {
  test('the data are the real ones', () => {
    expect(ITEMS).toHaveLength(1894)
    expect(SUB_CATEGORIES).toHaveLength(17)
  })

  test('nothing known: eight sub-categories', async () => {
    const shelf = await recommend({ strategy: 'for-you' }, contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf()))
    expect(new Set(shelf.map(({ item }) => subCategory(item))).size).toBe(8)
    expect(shelf.every(({ evidence }) => evidence.kind === 'popular')).toBe(true)
  })

  describe.each([
    ['titles with categories', vectorOf, 7],
    ['titles alone', titleVectorOf, 6],
  ])('vectors of %s', (_, encode, mostly) => {
    test('three views of one sub-category bring at least half a shelf of it, over all sub-categories and many starts', async () => {
      const catalog = recordedCatalog(ITEMS, encode)
      const shares: number[] = []
      for (const wanted of SUB_CATEGORIES) {
        const own = ITEMS.filter((item) => subCategory(item) === wanted)
        for (const start of [0, 7, 19]) {
          const viewed = [0, 1, 2].map((step) => own[(start + step * 3) % own.length]!)
          const context = contextOf(catalog, checkpointOf(...viewed.map(({ id }) => touchOf(id))))
          const shelf = await recommend({ strategy: 'for-you', limit: 8 }, context)
          expect(shelf).toHaveLength(8)
          expect(shelf.some(({ id }) => viewed.some((one) => one.id === id))).toBe(false)
          expect(shelf.every(({ evidence }) => evidence.kind === 'history' && evidence.because.length > 0)).toBe(true)
          const count = shelf.filter(({ item }) => subCategory(item) === wanted).length
          expect(count, `${wanted} from ${start}`).toBeGreaterThanOrEqual(4)
          shares.push(count)
        }
      }
      const mean = shares.reduce((sum, count) => sum + count, 0) / shares.length
      console.info(`of 8: mean ${mean.toFixed(2)}, least ${Math.min(...shares)}`)
      expect(mean).toBeGreaterThanOrEqual(mostly)
    })
  })

  test('two interests share the shelf', async () => {
    const catalog = recordedCatalog(ITEMS, vectorOf)
    const chairs = ITEMS.filter((item) => subCategory(item) === 'Chairs').slice(0, 4)
    const envelopes = ITEMS.filter((item) => subCategory(item) === 'Envelopes').slice(0, 4)
    const touches = [...chairs, ...envelopes].map(({ id }) => touchOf(id))
    const shelf = await recommend({ strategy: 'for-you', limit: 8 }, contextOf(catalog, checkpointOf(...touches)))
    const counts = ['Chairs', 'Envelopes'].map((name) => shelf.filter(({ item }) => subCategory(item) === name).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(3)
  })

  test('rank lifts the sub-category looked at, explain agrees with the shelf', async () => {
    const catalog = recordedCatalog(ITEMS, vectorOf)
    const phones = ITEMS.filter((item) => subCategory(item) === 'Phones')
    const context = contextOf(catalog, checkpointOf(...phones.slice(0, 3).map(({ id }) => touchOf(id))))
    const mixed = [...ITEMS.slice(0, 60), ...phones.slice(5, 9)].map(({ id }) => id)
    const order = await rank(mixed, context)
    expect([...order].sort()).toEqual([...mixed].sort())
    const places = phones.slice(5, 9).map(({ id }) => order.indexOf(id))
    expect(Math.max(...places)).toBeLessThan(16)
    const [first] = await recommend({ strategy: 'for-you' }, context)
    const why = await explain(first!.id, context)
    expect(why.because.slice(0, 3)).toEqual(first!.evidence.because.map(({ itemId, event, share }) => ({ itemId, event, share })))
  })

  test('similar stays in the neighbourhood', async () => {
    const catalog = recordedCatalog(ITEMS, vectorOf)
    let same = 0
    const asked = ITEMS.filter((_, i) => i % 40 === 0)
    for (const item of asked) {
      const shelf = await recommend({ strategy: 'similar', itemId: item.id }, contextOf(catalog, checkpointOf()))
      expect(shelf.map(({ id }) => id)).not.toContain(item.id)
      same += shelf.filter((one) => subCategory(one.item) === subCategory(item)).length / shelf.length
    }
    expect(same / asked.length).toBeGreaterThan(0.9)
  })

  test.each([
    ['office chair', 'Chairs'],
    ['envelopes', 'Envelopes'],
    ['folding chairs for my garden', 'Chairs'],
    ['coffee table', 'Tables'],
    ['bookcas', 'Bookcases'],
    ['ring binders', 'Binders'],
    ['laser printer', 'Machines'],
  ])('search %s finds %s first', async (query, wanted) => {
    const context = contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf(), async (text) => encoder.encode(text))
    const shelf = await recommend({ strategy: 'search', query, limit: 5 }, context)
    expect(subCategory(shelf[0]!.item)).toBe(wanted)
  })

  test('search for what the shop does not have finds nothing, or little', async () => {
    const context = contextOf(recordedCatalog(ITEMS, vectorOf), checkpointOf(), async (text) => encoder.encode(text))
    for (const query of ['!!! ???', '', '   ', '🪑', '\u0000', '<b></b>'.replace(/b/g, '')])
      expect(await recommend({ strategy: 'search', query }, context)).toEqual([])
    for (const query of ['qzxv wwkj', 'sourdough bread'])
      expect((await recommend({ strategy: 'search', query }, context)).length).toBeLessThan(8)
  })
})
