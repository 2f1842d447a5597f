import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance } from '../../../worker/text/edit-distance'
import { singular } from '../../../worker/text/singular'
import { searchTerms, WordIndex } from '../../../worker/text/word-index'

describe('editDistance', () => {
  test.each([
    ['', '', 0],
    ['lamp', 'lamp', 0],
    ['lable', 'label', 1],
    ['keybord', 'keyboard', 1],
    ['printerr', 'printer', 1],
    ['sisor', 'scissor', 2],
    ['ca', 'abc', 3],
  ])('%s to %s: %i', (from, to, expected) => {
    expect(editDistance(from, to, 5)).toBe(expected)
    expect(editDistance(to, from, 5)).toBe(expected)
    if (expected > 0) expect(editDistance(from, to, expected - 1)).toBe(expected)
  })

  test('giving up early changes nothing', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
    fc.assert(
      fc.property(word, word, fc.nat(3), (from, to, max) => {
        expect(editDistance(from, to, max)).toBe(Math.min(editDistance(from, to, 99), max + 1))
      }),
    )
  })
})

test.each([
  ['lamp', 'lamps'],
  ['box', 'boxes'],
  ['glass', 'glasses'],
  ['case', 'cases'],
  ['battery', 'batteries'],
  ['movie', 'movies'],
  ['brush', 'brushes'],
  ['bench', 'benches'],
])('%s and %s are one', (one, many) => {
  expect(singular(many)).toBe(singular(one))
})

test.each(['gas', 'pen', 'a', 'press'])('%s is no plural', (word) => expect(singular(word)).toBe(word))

test('searchTerms cuts unspaced scripts into pairs, the rest into words', () => {
  expect(searchTerms('Café-Chairs 無線耳機')).toEqual(['cafe', 'chair', '無線', '線耳', '耳機'])
})

describe('WordIndex', () => {
  const index = new WordIndex()
  index.add(3, { title: ['lamp', 'desk', 'lamp'], group: ['lamp'], codes: ['x100', '100'] })
  index.add(70_000, { title: ['label'], group: ['desk'], codes: ['lamp'] })

  test('holders, weighed by place; of several words, by the weakest', () => {
    expect([...index.holders(['desk'])]).toEqual([
      [3, 0.8],
      [70_000, 0.6],
    ])
    expect([...index.holders(['lamp'])]).toEqual([
      [3, 1],
      [70_000, 1],
    ])
    expect([...index.holders(['lamp', 'desk'])]).toEqual([
      [3, 0.8],
      [70_000, 0.6],
    ])
    expect(index.holders(['label', 'x100']).size).toBe(0)
    expect(index.holders(['no']).size).toBe(0)
  })

  test('beginnings, of words and of codes', () => {
    expect(index.startingWith('la')).toEqual(['lamp', 'label', 'lamp'])
    expect(index.startingWith('10')).toEqual(['100'])
    expect(index.startingWith('label')).toEqual([])
  })

  test('corrections: of words alone, with the first letter right or swapped', () => {
    expect(index.corrections('lable')).toEqual([{ term: 'label', mistakes: 1 }])
    expect(index.corrections('albel')).toEqual([{ term: 'label', mistakes: 1 }])
    expect(index.corrections('babel')).toEqual([])
    expect(index.corrections('lam')).toEqual([])
    expect(index.corrections('x1000')).toEqual([])
  })
})
