import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cryptoBytes, RandomIntegers } from '../../../src/shared/signals/random-integers'
import { bucketsIn, chancesOf, checkSubset, drawSubset, exactEpsilon, subsetDesign } from '../../../src/shared/signals/subset-selection'

const buckets = fc.integer({ min: 2, max: 64 })
const micros = fc.integer({ min: 1, max: 8_000_000 })

describe('subsetDesign', () => {
  it('has the sizes and chances of the formulas', () => {
    expect(subsetDesign(64, 1e6)).toMatchObject({ k: 64, d: 17 })
    expect(subsetDesign(64, 4e6)).toMatchObject({ d: 1 })
    expect(subsetDesign(8, 1e6)).toMatchObject({ d: 2 })
    const { p, q } = chancesOf(subsetDesign(8, 1e6))
    expect(p).toBeCloseTo((2 * Math.E) / (2 * Math.E + 6), 9)
    expect(q).toBeCloseTo((p * 1 + (1 - p) * 2) / 7, 12)
  })

  it('is the one-bit mean where there are two buckets', () => {
    const { p, q } = chancesOf(subsetDesign(2, 1e6))
    expect(p).toBeCloseTo(Math.E / (1 + Math.E), 9)
    expect(q).toBeCloseTo(1 / (1 + Math.E), 9)
  })

  it('costs never more than is stated, and hardly less', () => {
    fc.assert(
      fc.property(buckets, micros, (k, micro) => {
        const epsilon = exactEpsilon(subsetDesign(k, micro))
        expect(epsilon).toBeLessThanOrEqual(micro / 1e6)
        expect(epsilon).toBeGreaterThan(micro / 1e6 - 1e-5)
      }),
    )
  })

  it.each([
    [1, 1e6],
    [65, 1e6],
    [8.5, 1e6],
    [8, 0],
    [8, Number.NaN],
    [8, 2e7 + 1],
  ])('has nothing for %s buckets and %s millionths', (k, micro) => {
    expect(() => subsetDesign(k, micro)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})

describe('drawSubset', () => {
  it('draws what the check passes, whatever the truth', () => {
    const random = new RandomIntegers(cryptoBytes)
    fc.assert(
      fc.property(buckets, micros, fc.nat(), (k, micro, any) => {
        const design = subsetDesign(k, micro)
        checkSubset(design, drawSubset(design, any % k, random))
      }),
    )
  })

  it('holds the truth below the threshold, and from it on does not', () => {
    const design = subsetDesign(8, 1e6)
    const drawn = (first: number) => {
      const source = new RandomIntegers((count) => {
        const view = new DataView(new ArrayBuffer(count))
        view.setUint32(0, first)
        return new Uint8Array(view.buffer)
      })
      return bucketsIn(drawSubset(design, 5, source))
    }
    expect(drawn(design.threshold - 1)).toEqual([0, 5])
    expect(drawn(design.threshold)).toEqual([0, 1])
  })
})

describe('checkSubset', () => {
  const design = subsetDesign(8, 1e6)
  it.each([
    ['none', []],
    ['too few', [0b1]],
    ['too many', [0b111]],
    ['one that there is not', [0b1, 0b1]],
    ['one far beyond', [0b1, 0, 0, 0, 0, 0, 0, 0x80]],
  ])('refuses a set with %s', (_, bytes) => {
    const bits = new Uint8Array(8)
    bits.set(bytes)
    expect(() => checkSubset(design, bits)).toThrow(expect.objectContaining({ code: 'report-invalid', details: { reason: 'bits' } }))
  })

  it('passes any set of the right size', () => {
    expect(() => checkSubset(design, new Uint8Array([0b1000_0001, 0, 0, 0, 0, 0, 0, 0]))).not.toThrow()
  })
})
