import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eventId, eventIdPrefix, eventIdTime } from '../../../src/shared/event-id'

it('makes the id that its example shows', () => {
  expect(eventId(1_750_000_000_000, () => 'k3x9', 1)).toBe('0mbxstdz4' + '01' + 'k3x9')
})

it('sorts ids by time, as plain strings, and gives the time back', () => {
  const times = fc.integer({ min: 0, max: 36 ** 9 - 1 })
  fc.assert(
    fc.property(times, times, (a, b) => {
      const [first, second] = [eventId(a, () => 'zz'), eventId(b, () => '00')]
      expect(eventIdTime(first)).toBe(a)
      if (a !== b) expect(first < second).toBe(a < b)
      expect(first >= eventIdPrefix(a) && first.startsWith(eventIdPrefix(a))).toBe(true)
    }),
  )
})

it('keeps the order of one millisecond by sequence, which starts anew after 1296', () => {
  const ids = [0, 1, 35, 36, 1295].map((sequence) => eventId(5, () => 'x', sequence))
  expect(ids.toSorted()).toEqual(ids)
  expect(eventId(5, () => 'x', 1296)).toBe(ids[0])
})

it('cuts fractions and moves what lies outside to the nearer end', () => {
  expect(eventIdPrefix(35.9)).toBe('00000000z')
  expect(eventIdPrefix(-1)).toBe('000000000')
  expect(eventIdPrefix(1e300)).toBe('zzzzzzzzz')
})
