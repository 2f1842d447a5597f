import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cryptoBytes, RandomIntegers } from '../../../src/shared/signals/random-integers'

/** A source that gives these numbers, four bytes each, and zeros afterwards. */
function scripted(numbers: readonly number[]): RandomIntegers {
  return new RandomIntegers((count) => {
    const view = new DataView(new ArrayBuffer(count))
    numbers.forEach((number, at) => {
      view.setUint32(4 * at, number)
    })
    return new Uint8Array(view.buffer)
  })
}

describe('RandomIntegers', () => {
  it('draws again what would make some numbers likelier than others', () => {
    // 2^32 = 3 · 1,431,655,765 + 1: only the highest number is too many.
    expect(scripted([2 ** 32 - 1, 2 ** 32 - 2]).below(3)).toBe(2)
    expect(scripted([2 ** 32 - 1, 7]).below(2 ** 31 + 1)).toBe(7)
  })

  it('takes every number where the limit divides 2^32', () => {
    expect(scripted([2 ** 32 - 1]).below(2 ** 32)).toBe(2 ** 32 - 1)
    expect(scripted([2 ** 32 - 1]).below(64)).toBe(63)
    expect(scripted([2 ** 32 - 1]).below(1)).toBe(0)
  })

  it('goes on when its bytes are used up, and never uses them twice', () => {
    let calls = 0
    const random = new RandomIntegers((count) => new Uint8Array(count).fill(calls++))
    const drawn = new Set(Array.from({ length: 1000 }, () => random.below(2 ** 32)))
    expect(drawn.size).toBe(calls)
    expect(calls).toBe(8)
  })

  it('is below its limit whatever the bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (limit) => {
        const drawn = new RandomIntegers(cryptoBytes).below(limit)
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < limit).toBe(true)
      }),
    )
  })

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuses the limit %s', (limit) => {
    expect(() => new RandomIntegers(cryptoBytes).below(limit)).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('passes bytes on as they come', () => {
    expect(new RandomIntegers((count) => new Uint8Array(count).fill(9)).bytes(3)).toEqual(new Uint8Array([9, 9, 9]))
    expect(cryptoBytes(16)).not.toEqual(cryptoBytes(16))
  })
})
