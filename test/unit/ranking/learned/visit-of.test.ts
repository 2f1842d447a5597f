import { expect, test } from 'vitest'
import { packOrder } from '../../../../worker/ranking/learned/pack-order'
import { visitOf } from '../../../../worker/ranking/learned/visit-of'
import { touchOf } from '../../../support/reference-catalog'

const HOUR = 3_600_000
const ROWS: Readonly<Record<string, number>> = { a: 7, b: 2, c: 5 }
const rowOf = (id: string) => ROWS[id] ?? -1

test('what was liked and the pack has, oldest first, with times, weights and where the session began', () => {
  const touches = [
    touchOf('a', { time: 0, weight: 9 }),
    touchOf('gone', { time: HOUR }),
    touchOf('b', { time: 5 * HOUR }),
    touchOf('c', { time: 5.2 * HOUR, weight: 3 }),
    touchOf('a', { time: 5.3 * HOUR, weight: -1 }),
    touchOf('b', { time: 5.4 * HOUR, weight: 2, rejected: true }),
  ]
  const { visit, touches: kept } = visitOf(touches, rowOf, 5.5 * HOUR)
  expect(visit).toEqual({
    items: Int32Array.of(7, 2, 5),
    times: Float64Array.of(0, 5 * HOUR, 5.2 * HOUR),
    weights: Float32Array.of(5, 1, 3),
    sessionStart: 1,
    now: 5.5 * HOUR,
  })
  expect(kept.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('after a pause no session has begun; with nothing known the visit is empty', () => {
  expect(visitOf([touchOf('a', { time: 0 })], rowOf, HOUR).visit.sessionStart).toBe(1)
  expect(visitOf([], rowOf, HOUR).visit.items).toEqual(new Int32Array(0))
})

test('the latest 50', () => {
  const touches = Array.from({ length: 60 }, (_, at) => touchOf('a', { time: at }))
  expect(visitOf(touches, rowOf, 60).visit.times?.[0]).toBe(10)
})

test('places and rows, in the same order or another', () => {
  expect([packOrder(3, undefined).indexOf(2), packOrder(3, undefined).indexOf(3), packOrder(3, undefined).rowOf(1)]).toEqual([2, -1, 1])
  const order = packOrder(3, Int32Array.of(0, 4, 2))
  expect([order.rowOf(1), order.indexOf(4), order.indexOf(1), order.rowOf(3)]).toEqual([4, 1, -1, -1])
})
