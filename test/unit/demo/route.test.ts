import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hrefOf, parseRoute } from '../../../demo/shop/route'

test.each([
  ['', { kind: 'home' }],
  ['#/', { kind: 'home' }],
  ['#/c/office-supplies', { kind: 'category', category: 'office-supplies', subCategory: undefined }],
  ['#/c/furniture/chairs', { kind: 'category', category: 'furniture', subCategory: 'chairs' }],
  ['#/cart', { kind: 'cart' }],
  ['#/personas', { kind: 'personas' }],
  ['#/quality', { kind: 'quality' }],
  ['#/quality/1', { kind: 'missing' }],
  ['#/search', { kind: 'search', query: '' }],
  ['#/c', { kind: 'missing' }],
  ['#/p', { kind: 'missing' }],
  ['#/p/1/2', { kind: 'missing' }],
  ['#/cart/2', { kind: 'missing' }],
  ['#/c/1/2/3', { kind: 'missing' }],
  ['#/p/%', { kind: 'product', id: '%' }],
])('%s is understood', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route)
})

test('an address leads back to where it was made, whatever was typed', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' })
  fc.assert(
    fc.property(text, (query) => {
      expect(parseRoute(hrefOf({ kind: 'search', query }))).toEqual({ kind: 'search', query })
      expect(parseRoute(hrefOf({ kind: 'product', id: query }))).toEqual({ kind: 'product', id: query })
    }),
  )
})
