import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PartReader } from '../../../worker/models/part-reader'
import { packTermLists, type TermLists, unpackTermLists } from '../../../worker/models/term-lists'

function unpacked(lists: TermLists): TermLists {
  return unpackTermLists(new PartReader({ model: 'terms', settings: {}, tensors: packTermLists(lists) }))
}

/** One item has all terms, another only two of them. */
function allAnd(first: number, last: number): TermLists {
  const termCount = last + 1
  return {
    termCount,
    starts: Uint32Array.of(0, termCount, termCount + 2),
    terms: Uint32Array.from([...Array(termCount).keys(), first, last]),
    levels: new Uint8Array(termCount + 2).fill(1),
  }
}

describe('packTermLists', () => {
  it('is undone by unpackTermLists', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.nat(400), { maxLength: 30 }), { maxLength: 12 }), (drawn) => {
        // Terms are numbered without holes, as whoever makes lists does.
        const known = [...new Set(drawn.flat())].sort((a, b) => a - b)
        const lists = drawn.map((terms) => terms.map((term) => known.indexOf(term)).sort((a, b) => a - b))
        const terms = Uint32Array.from(lists.flat())
        const whole = {
          termCount: known.length,
          starts: Uint32Array.from([0, ...lists.map((_, item) => lists.slice(0, item + 1).flat().length)]),
          terms,
          levels: Uint8Array.from(terms, (term) => 1 + (term % 255)),
        }
        expect(unpacked(whole)).toEqual(whole)
      }),
      { seed: 7 },
    )
  })

  it('takes a byte for a gap below 2^7, two below 2^14, three from there on', () => {
    const bytesOfTheTwo = (lists: TermLists) => packTermLists(lists).gaps!.data.length - lists.termCount
    expect(bytesOfTheTwo(allAnd(126, 253))).toBe(2)
    expect(bytesOfTheTwo(allAnd(127, 255))).toBe(4)
    expect(bytesOfTheTwo(allAnd(0, 16_384))).toBe(4)
    expect(bytesOfTheTwo(allAnd(0, 16_383))).toBe(3)
    for (const last of [127, 128, 16_383, 16_384, 16_385]) expect(unpacked(allAnd(0, last))).toEqual(allAnd(0, last))
  })
})
