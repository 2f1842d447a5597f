import { describe, expect, test } from 'vitest'
import type { Item } from '../../../src/shared/items'
import type { RecommendRequest } from '../../../src/shared/recommendation'
import { search } from '../../../worker/ranking/search'
import { wordIndexOf } from '../../../worker/ranking/search-words'
import { axes, checkpointOf, recordedCatalog } from '../../support/reference-catalog'
import { contextOf } from './context-of'

const ITEMS: readonly Item[] = [
  { id: 'A-100', title: 'Swivel chair', categories: ['Furniture', 'Chairs'], brand: 'Globex' },
  { id: 'A-101', title: 'Chair mat', categories: ['Furniture', 'Rugs'] },
  { id: 'A-102', title: 'Stool', categories: ['Furniture', 'Chairs'], tags: ['bar'] },
  { id: 'B-2007', title: 'Keyboard', categories: ['Computers'] },
  { id: 'B-2008', title: 'Waste basket', categories: ['Furniture'] },
  { id: 'C-1', title: 'Bookcase, Oak', categories: ['Furniture'] },
  { id: 'C-2', title: '無線耳機', categories: ['Computers'] },
]

/** Every item points its own way; the text, where `like` says so, the way of that item. */
function contextAt(like?: number, items = ITEMS) {
  const catalog = recordedCatalog(items, ({ id }) => axes(items.length + 1, [items.findIndex((item) => item.id === id), 1]))
  return contextOf(catalog, checkpointOf(), async () => axes(items.length + 1, [like ?? items.length, 1]))
}

async function find(query: string, like?: number, request: Pick<RecommendRequest, 'exclude' | 'filter'> = {}) {
  const shelf = await search({ strategy: 'search', query, ...request }, contextAt(like))
  return shelf.map(({ id, evidence }) => `${id} ${evidence.words.join('+')}`)
}

describe('without any help of meaning', () => {
  test.each([
    ['title and category, title, category', 'chairs', ['A-100 chairs', 'A-101 chairs', 'A-102 chairs']],
    ['brand', 'globex', ['A-100 globex']],
    ['tag', 'bar', ['A-102 bar']],
    ['both words before one', 'swivel chair', ['A-100 swivel+chair', 'A-101 chair', 'A-102 chair']],
    ['mistyped: the words as the item has them', 'keybaord', ['B-2007 Keyboard']],
    ['written as one', 'wastebasket', ['B-2008 Waste+basket']],
    ['written as two', 'book case', ['C-1 Bookcase']],
    ['unfinished', 'swiv', ['A-100 Swivel']],
    ['part of an id', '2007', ['B-2007 2007']],
    ['a short number of an id is no article number', '1', ['A-100 100', 'A-101 101', 'A-102 102']],
    ['another number is another thing, not a slip', '2009', []],
    ['inside an unspaced title', '耳機', ['C-2 耳機']],
  ])('%s: %s', async (_, query, expected) => {
    expect(await find(query)).toEqual(expected)
  })

  test('an id as it is written comes first and alone counts as named', async () => {
    expect(await find('B-2008')).toEqual(['B-2008 B-2008'])
    expect(await find('b 2008')).toEqual(['B-2008 2008'])
  })
})

test('meaning orders equals and adds what is worded otherwise', async () => {
  expect(await find('furniture', 5)).toEqual(['C-1 furniture', 'A-100 furniture', 'A-101 furniture', 'A-102 furniture', 'B-2008 furniture'])
  expect(await find('chairs', 3)).toEqual(['A-100 chairs', 'A-101 chairs', 'B-2007 ', 'A-102 chairs'])
})

test('a word that means something here is not taken for a slip', async () => {
  expect(await find('keyboads')).toEqual(['B-2007 Keyboard'])
  expect(await find('keyboads', 2)).toEqual(['A-102 '])
})

test('the vector is that of the words meant: a mistyped one has none that says anything', async () => {
  const encoded: string[] = []
  const context = contextAt()
  const encodeQuery = (text: string) => {
    encoded.push(text)
    return context.encodeQuery(text)
  }
  const spy = { ...context, encodeQuery }
  await search({ strategy: 'search', query: 'The swivel, keybaord' }, spy)
  await search({ strategy: 'search', query: 'The swivel, keyboard' }, spy)
  expect(encoded).toEqual(['keybaord', 'swivel keyboard', 'The swivel, keyboard'])
})

test('items ruled out are not found by their words either', async () => {
  expect(await find('chairs', undefined, { exclude: ['A-100'], filter: { category: 'Chairs' } })).toEqual(['A-102 chairs'])
})

test('the catalog is read once; after a failure, again', async () => {
  const context = contextAt()
  await search({ strategy: 'search', query: 'stool', limit: 1 }, context)
  expect(context.catalog.reads).toHaveLength(ITEMS.length + 1)
  await search({ strategy: 'search', query: 'chair', limit: 1 }, context)
  expect(context.catalog.reads).toHaveLength(ITEMS.length + 2)

  const { catalog } = contextAt()
  let isBroken = true
  const flaky = {
    ...catalog,
    items: (indices: readonly number[]) => (isBroken ? Promise.reject(new Error('gone')) : catalog.items(indices)),
  }
  const indexes = new WeakMap()
  await expect(wordIndexOf(flaky, indexes)).rejects.toThrow('gone')
  isBroken = false
  expect((await wordIndexOf(flaky, indexes)).has('stool')).toBe(true)
})
