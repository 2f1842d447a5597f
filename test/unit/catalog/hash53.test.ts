import { expect, it } from 'vitest'
import { hash53 } from '../../../worker/catalog/hash53'

it('tells 200,000 short texts apart, and long ones that differ in one bit', () => {
  const seen = new Set<number>()
  const utf8 = new TextEncoder()
  for (let index = 0; index < 200_000; index++) seen.add(hash53(utf8.encode(`item ${index}`)))
  expect(seen.size).toBe(200_000)
  const long = new Uint8Array(1_000)
  for (let bit = 0; bit < 8_000; bit++) {
    long[bit >> 3]! ^= 1 << (bit & 7)
    seen.add(hash53(long))
    long[bit >> 3]! ^= 1 << (bit & 7)
  }
  expect(seen.size).toBe(208_000)
  expect([...seen].every((hash) => Number.isSafeInteger(hash) && hash >= 0)).toBe(true)
})

it('does not depend on where the bytes lie', () => {
  const bytes = new Uint8Array([9, 1, 2, 3])
  expect(hash53(bytes.subarray(1))).toBe(hash53(new Uint8Array([1, 2, 3])))
  expect(hash53(new Uint8Array(0))).not.toBe(hash53(new Uint8Array(1)))
})
