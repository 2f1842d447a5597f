import { expect, test } from 'vitest'
import { popularity } from '../../../../pack/learn/popularity'
import { learnTrend } from '../../../../pack/learn/trend'
import { openTrend } from '../../../../worker/models/trend'

/** One visitor an interaction. */
function logOf(...taken: readonly (readonly [item: number, time: number])[]) {
  return {
    itemCount: 3,
    starts: Int32Array.from({ length: taken.length + 1 }, (_, at) => at),
    items: Int32Array.from(taken, ([item]) => item),
    times: Float64Array.from(taken, ([, time]) => time),
  }
}
const times = (count: number, ...taken: [number, number]) => Array.from({ length: count }, () => taken)

test('what rose lately, in sixteenths of a standard deviation', () => {
  // Of 20 taken 10 lately: of item 0 one was to be expected (2 x 10 / 20) and 2 came, of item 1 five and 8, of item 2 four and none.
  const log = logOf([2, 0], ...times(7, 2, 50), ...times(2, 1, 50), ...times(8, 1, 100), ...times(2, 0, 100))
  expect([...learnTrend(log, 1)!]).toEqual([16, Math.round((16 * 3) / Math.sqrt(5)), 0])
  expect([...learnTrend(log, 3)!]).toEqual([0, 21, 0])
})

test('one visitor who comes again and again is one visitor', () => {
  const log = { ...logOf([2, 0], [2, 1], [1, 100], [1, 100], [1, 100]), visitors: Int32Array.of(0, 1, 2, 2, 2) }
  expect([...learnTrend(log, 2)!]).toEqual([0, 0, 0])
  expect(learnTrend({ ...log, visitors: Int32Array.of(0, 1, 2, 3, 2) }, 2)![1]).toBeGreaterThan(0)
})

test('no times, one moment or nothing at all: no trend', () => {
  const { times: _times, ...timeless } = logOf([0, 1], [1, 2])
  expect(learnTrend(timeless, 1)).toBeUndefined()
  expect(learnTrend(logOf([0, 5], [1, 5]), 1)).toBeUndefined()
  expect(learnTrend(logOf(), 1)).toBeUndefined()
})

test('travels with the popularity, and is opened from it', async () => {
  const log = logOf([2, 0], ...times(9, 1, 100), [0, 50])
  const part = await popularity.learn({ log, support: 1, seed: 1 }, popularity.choices[0]!)
  expect(openTrend(part)).toEqual(Float32Array.from(learnTrend(log, 1)!))
  const { times: _times, ...timeless } = log
  expect(openTrend(await popularity.learn({ log: timeless, support: 1, seed: 1 }, popularity.choices[0]!))).toBeUndefined()
})
