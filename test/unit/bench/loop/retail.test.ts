import { expect, test } from 'vitest'
import { retailOf, SIGNAL_EPOCHS } from '../../../../bench/loop/retail'
import { epochStart } from '../../../../src/shared/signals/epoch'
import { makeLog } from '../../../support/make-log'

const DAY_MS = 86_400_000
const LAST = 2180
const FIRST = LAST - SIGNAL_EPOCHS + 1
const at = (epoch: number, day = 0) => epochStart(epoch) + day * DAY_MS

test('cuts orders where the signals begin, and tells what each customer went on to buy', () => {
  const log = {
    ...makeLog(4, [
      [0, 1, 1, 2, 3, 0],
      [2, 3],
    ]),
    times: Float64Array.of(at(FIRST - 2), at(FIRST - 1), at(FIRST), at(FIRST), at(FIRST, 3), at(LAST), at(LAST), at(LAST, 6)),
    baskets: Int32Array.of(0, 1, 2, 2, 3, 4, 0, 1),
  }
  const { epochs, before, customers, deeds, items } = retailOf({ log, itemIds: ['a', 'b', 'c', 'd'], texts: [] })
  expect([epochs[0], epochs.at(-1), epochs.length]).toEqual([FIRST, LAST, SIGNAL_EPOCHS])
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  expect([customers, [...before.items], [...before.starts]]).toEqual([2, [0, 1], [0, 2, 2]])
  const [deed, ...others] = deeds.get(FIRST)!
  expect(others).toEqual([])
  // All of the week, asked about at its first basket: item b is known already.
  expect(deed!.bought.map(({ id }) => id)).toEqual(['b', 'c', 'd'])
  expect([...deed!.targets]).toEqual([2, 3])
  expect([[...deed!.visit.items], deed!.visit.sessionStart, deed!.visit.now]).toEqual([[0, 1], 1, at(FIRST)])
  expect(deeds.get(LAST)!.map(({ customer, targets, visit }) => [customer, [...targets], visit.items.length])).toEqual([
    [0, [], 5],
    [1, [2, 3], 0],
  ])
  expect(deeds.get(FIRST + 1)).toEqual([])
})
