import { expect, it } from 'vitest'
import { encodeQuery } from '../../../worker/catalog/encode-query'
import { itemTextHash, itemVector } from '../../../worker/catalog/item-vector'
import { fakeEncoder, makeCatalog } from '../../support/catalog-make'

const item = { id: '1', title: 'oak desk', categories: ['Furniture', 'Desks'], brand: 'Bush', tags: ['wood'] }

it('sums the texts of an item by weight, the title first', () => {
  const encoder = fakeEncoder()
  const vector = itemVector(encoder, item)
  const along = (text: string) => encoder.encode(text).reduce((sum, value, at) => sum + value * vector[at]!, 0)
  expect(along('oak desk')).toBeCloseTo(1)
  expect(along('Desks')).toBeCloseTo(0.4)
  expect(along('Furniture')).toBeCloseTo(0.1)
  expect(along('Bush')).toBeCloseTo(0.2)
  expect(along('wood')).toBeCloseTo(0.2)
})

it('hashes what the vector depends on, and nothing else', () => {
  const hash = itemTextHash(item)
  expect(itemTextHash({ ...item, id: '2', price: 5, description: 'x' })).toBe(hash)
  const others = [{ title: 'oak desks' }, { categories: ['Desks'] }, { brand: 'bush' }, { tags: [] }].map((change) =>
    itemTextHash({ ...item, ...change }),
  )
  expect(new Set([hash, ...others]).size).toBe(5)
})

it('encodes a query for vectors made of text, and refuses for others', () => {
  const encoder = fakeEncoder()
  expect(encodeQuery(encoder, makeCatalog(3, 128, 1), 'oak')).toEqual(encoder.encode('oak'))
  expect(() => encodeQuery(encoder, makeCatalog(3, 32, 1), 'oak')).toThrow(
    expect.objectContaining({ code: 'catalog-failed', details: { reason: 'foreign-vectors' } }),
  )
})
