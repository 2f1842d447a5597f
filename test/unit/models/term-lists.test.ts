import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PartReader } from '../../../worker/models/part-reader'
import { packTermLists, unpackTermLists } from '../../../worker/models/term-lists'

describe('packTermLists', () => {
  it('is undone by unpackTermLists, for gaps of any width', () => {
    const list = fc.uniqueArray(fc.oneof(fc.nat(300), fc.nat(40_000)), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(list, { maxLength: 12 }), (drawn) => {
        // Terms are numbered without holes, as whoever makes lists does.
        const known = [...new Set(drawn.flat())].sort((a, b) => a - b)
        const spread = fc.sample(fc.constant(known), 1)[0]!
        const lists = drawn.map((terms) => terms.map((term) => spread.indexOf(term)).sort((a, b) => a - b))
        const starts = Uint32Array.from([0, ...lists.map((_, item) => lists.slice(0, item + 1).flat().length)])
        const terms = Uint32Array.from(lists.flat())
        const levels = Uint8Array.from(terms, (term) => 1 + (term % 255))
        const whole = { termCount: known.length, starts, terms, levels }
        const part = { model: 'terms' as const, settings: {}, tensors: packTermLists(whole) }
        expect(unpackTermLists(new PartReader(part))).toEqual(whole)
      }),
      { seed: 7 },
    )
  })

  it('takes one byte for a gap below 128, two from there on', () => {
    const terms = Uint32Array.from({ length: 300 }, (_, term) => term)
    const lists = (first: number, last: number) => ({
      termCount: 300,
      starts: Uint32Array.of(0, 300, 302),
      terms: Uint32Array.of(...terms, first, last),
      levels: new Uint8Array(302).fill(1),
    })
    const bytes = (first: number, last: number) => packTermLists(lists(first, last)).gaps!.data.length
    expect(bytes(126, 253)).toBe(302)
    expect(bytes(127, 255)).toBe(304)
  })
})
