import { expect, test } from 'vitest'
import { Catalogue } from '../../../demo/catalogue/catalogue'
import { Cart } from '../../../demo/shop/cart'
import { memoryStorage } from '../../../demo/shop/memory-storage'

const catalogue = new Catalogue({
  categories: [['Furniture', 'Chairs']],
  brands: ['Hon'],
  rows: [
    ['a', 'Chair', 0, 0, 1050],
    ['b', 'Stool', 0, -1, 200],
  ],
  trending: [],
  newest: [],
})

test('counts, sums and keeps what is in it', () => {
  const storage = memoryStorage()
  const cart = new Cart(catalogue, storage)
  let changes = 0
  cart.addEventListener('change', () => changes++)
  cart.set('a', 2)
  cart.set('b', 1)
  expect([cart.count, cart.total, changes]).toEqual([3, 23, 2])
  expect(new Cart(catalogue, storage).lines.map(({ product, quantity }) => [product.id, quantity])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
  cart.set('a', 0)
  expect(cart.quantityOf('a')).toBe(0)
  cart.clear()
  expect(new Cart(catalogue, storage).count).toBe(0)
})

test('keeps quantities between 0 and 99', () => {
  const cart = new Cart(catalogue, memoryStorage())
  cart.set('a', 1000)
  expect(cart.quantityOf('a')).toBe(99)
  cart.set('a', -3)
  expect(cart.lines).toEqual([])
})

test.each(['{', '{"a":1}', '[["a"]]', '[["a",-1],["a",1.5],["a",100],[1,1],null]', '[["gone",1]]'])('reads %s as empty', (stored) => {
  const storage = memoryStorage()
  storage.setItem('quire-cart', stored)
  expect(new Cart(catalogue, storage).lines).toEqual([])
})

test('two carts on one storage, as two tabs have them, lose nothing of each other', () => {
  const storage = memoryStorage()
  const [here, there] = [new Cart(catalogue, storage), new Cart(catalogue, storage)]
  let heard = 0
  there.addEventListener('change', () => heard++)
  here.set('a', 2)
  there.hear('quire-cart')
  there.hear('quire-scheme')
  there.set('b', 1)
  expect([heard, here.count, there.count]).toEqual([2, 3, 3])
})
