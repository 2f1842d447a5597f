import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EPOCH_MS, epochOf, epochStart } from '../../../src/shared/signals/epoch'
import { closesAt, openEpochsAt } from '../../../src/shared/signals/epoch-window'

const HOUR = 3_600_000

test.each([
  ['in the middle of an epoch', 3 * 86_400_000, [-1, 0]],
  ['in its first hour, the one before the last too', HOUR - 1, [-2, -1, 0]],
  ['when that is over', HOUR, [-1, 0]],
  ['before its last hour', EPOCH_MS - HOUR - 1, [-1, 0]],
  ['in its last hour, the next one too', EPOCH_MS - HOUR, [-1, 0, 1]],
])('%s', (_name, at, expected) => {
  expect(openEpochsAt(epochStart(2900) + at)).toEqual(expected.map((one) => 2900 + one))
})

test('the current epoch and the one before are always open, and nothing is that is over', () => {
  fc.assert(
    fc.property(fc.integer({ min: EPOCH_MS * 3, max: EPOCH_MS * 5000 }), (now) => {
      const open = openEpochsAt(now)
      expect(open).toContain(epochOf(now))
      expect(open).toContain(epochOf(now) - 1)
      expect(open.every((epoch) => closesAt(epoch) > now)).toBe(true)
    }),
    { seed: 1 },
  )
})
