import { expect, test } from 'vitest'
import { isInOrder } from '../../../../pack/learn/is-in-order'
import { smoothedTransitions } from '../../../../pack/learn/smoothed-transitions'

const log = { itemCount: 4, starts: Int32Array.of(0, 4, 4, 8), items: Int32Array.of(0, 1, 2, 3, 3, 2, 1, 0) }
const timed = (...times: number[]) => ({ ...log, times: Float64Array.from([...times, ...times]) })

test.each([
  ['without times', log, true],
  ['one after the other', timed(1, 2, 3, 4), true],
  ['two of three to another moment', timed(1, 2, 2, 3), true],
  ['one of three', timed(1, 1, 1, 2), false],
  ['one basket', timed(1, 1, 1, 1), false],
  ['single items', { itemCount: 4, starts: Int32Array.of(0, 1), items: Int32Array.of(2) }, false],
])('%s', (_, of, isTrue) => {
  expect(isInOrder(of)).toBe(isTrue)
})

test('what comes next is not smoothed where nothing is next', () => {
  const texts = ['red lamp', 'red lantern', 'blue lamp', 'blue kettle'].map((title) => ({ title, attributes: [] }))
  const canLearn = (of: typeof log) => smoothedTransitions.canLearn({ log: of, texts, support: 1, seed: 1 })
  expect([canLearn(timed(1, 2, 3, 4)), canLearn(timed(1, 1, 1, 2))]).toEqual([true, false])
})
