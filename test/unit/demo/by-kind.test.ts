import { describe, expect, test } from 'vitest'
import { byKind } from '../../../demo/build/by-kind'
import { kindsOf } from '../../../demo/build/kinds'
import { orderLog } from '../../../demo/build/order-log'
import { itemNeighbours } from '../../../pack/learn/item-neighbours'
import { transitions } from '../../../pack/learn/transitions'
import { openRowModel } from '../../../worker/models/row-model'
import { item, orders } from './make-orders'

describe('kinds', () => {
  test('a maker with ten products of a sub-category is a kind, smaller ones are one together', () => {
    const items = [
      ...Array.from({ length: 10 }, (_, index) => item(`a${index}`, { brand: 'Avery' })),
      ...Array.from({ length: 9 }, (_, index) => item(`b${index}`, { brand: 'Bic' })),
      item('none'),
      item('elsewhere', { brand: 'Avery', subCategory: 'T' }),
    ]
    const { count, kindOf } = kindsOf(items)
    expect(count).toBe(3)
    expect([...kindOf]).toEqual([...new Array(10).fill(0), ...new Array(10).fill(1), 2])
  })

  test('a product twice as dear is one level up, in any kind', () => {
    const items = [item('dear', { price: 8 }), item('cheap', { price: 0.5 }), item('elsewhere', { subCategory: 'T', price: 16 })]
    expect([...kindsOf(items).levelOf]).toEqual([3, -1, 4])
  })
})

describe('a model learned by kind', () => {
  // Four pens and four pads, from the cheapest to the dearest; one lamp. Nobody orders the same pair as anybody else.
  const items = [
    ...[1, 2, 3, 4].map((price) => item(`pen${price}`, { subCategory: 'pens', price })),
    ...[10, 20, 30, 40].map((price) => item(`pad${price}`, { subCategory: 'pads', price })),
    item('lamp', { subCategory: 'lamps' }),
  ]
  const lines = orders('a 1 pen1 pad40', 'b 1 pen2 pad30', 'c 1 pen3 pad20', 'd 1 pen4 pad10', 'e 1 lamp', 'f 1 lamp', 'g 1 lamp pen1')
  const log = orderLog(lines, items)
  const learn = async (support: number) => {
    const learner = byKind(itemNeighbours, kindsOf(items))
    const part = await learner.learn({ log, support, seed: 1 }, learner.choices[0] ?? {})
    const model = openRowModel(part)
    return (title: string) => {
      const out = new Float32Array(items.length)
      model.score({ items: Int32Array.of(items.findIndex((one) => one.title === title)) }, out)
      const named = items.map((one, row) => ({ title: one.title, score: out[row]! })).filter(({ score }) => score > 0)
      return named.sort((a, b) => b.score - a.score).map(({ title: name }) => name)
    }
  }

  test('names of each kind that goes with its own what is nearest in price', async () => {
    const named = await learn(1)
    expect(named('pen1')).toEqual(['pad10', 'pad20', 'pad30', 'lamp'])
    expect(named('pad40')).toEqual(['pen4', 'pen3', 'pen2'])
  })

  test('what costs up to twice or half as much comes before all else, however well another kind goes with it', async () => {
    const bought = orders('a 1 pen8 pad80', 'b 1 pen8 pad90', 'c 1 pen8 pad80', 'd 1 pen8 lamp15', 'e 1 pen8 desk17')
    const shop = [
      item('pen8', { subCategory: 'pens', price: 8 }),
      item('pad80', { subCategory: 'pads', price: 80 }),
      item('pad90', { subCategory: 'pads', price: 90 }),
      item('desk17', { subCategory: 'desks', price: 17 }),
      item('lamp15', { subCategory: 'lamps', price: 15 }),
    ]
    const learner = byKind(itemNeighbours, kindsOf(shop))
    const part = await learner.learn({ log: orderLog(bought, shop), support: 1, seed: 1 }, learner.choices[0] ?? {})
    const out = new Float32Array(shop.length)
    openRowModel(part).score({ items: Int32Array.of(0) }, out)
    const named = shop.map(({ title }, row) => ({ title, score: out[row]! })).filter(({ score }) => score > 0)
    expect(named.sort((a, b) => b.score - a.score).map(({ title }) => title)).toEqual(['lamp15', 'pad80', 'pad90', 'desk17'])
  })

  test('never names a product of its own kind', async () => {
    const named = await learn(1)
    for (const { title, subCategory } of items) {
      expect(named(title).filter((name) => items.find((one) => one.title === name)?.subCategory === subCategory)).toEqual([])
    }
  })

  test('not even where the same kind is ordered again and again', async () => {
    const learner = byKind(transitions, kindsOf(items))
    const again = orderLog(orders('a 1 pen1', 'a 2 pen2', 'a 3 lamp', 'b 1 pen3', 'b 2 pen4', 'b 3 pen1'), items)
    const part = await learner.learn({ log: again, support: 1, seed: 1 }, learner.choices[0] ?? {})
    const out = new Float32Array(items.length)
    openRowModel(part).score({ items: Int32Array.of(0) }, out)
    expect(items.filter((_, row) => out[row]! > 0).map(({ title }) => title)).toEqual(['lamp'])
  })

  test('rests on as many people as asked for: pairs of kinds, and products', async () => {
    const named = await learn(2)
    // One person ordered a lamp with a pen, and of all pads and pens only pen1 was ordered by two.
    expect(named('lamp')).toEqual([])
    expect(named('pad10')).toEqual(['pen1'])
    expect(named('pen1')).toEqual([])
    expect((await learn(5))('pad10')).toEqual([])
  })

  test('cannot be learned from nothing', () => {
    expect(byKind(itemNeighbours, kindsOf(items)).canLearn({ log: orderLog([], items), support: 1, seed: 1 })).toBe(false)
  })
})
