import { expect, test } from 'vitest'
import { transpose, visitorRows } from '../../../../pack/learn/visitor-rows'
import { makeLog } from '../../../support/make-log'

test('an item counts once, by its greatest weight; sessions of one visitor are one row', () => {
  const log = { ...makeLog(4, [[2, 0, 2], [3], [0, 1]]), weights: Float32Array.of(1, 2, 3, 4, 5, 6), visitors: Int32Array.of(1, 0, 1) }
  const rows = visitorRows(log, 1)
  expect([...rows.starts]).toEqual([0, 1, 4])
  expect([...rows.columns]).toEqual([3, 0, 1, 2])
  expect([...rows.weights]).toEqual([4, 5, 6, 3])
})

test('what fewer visitors took than the support is left out, however often one of them took it', () => {
  const log = { ...makeLog(2, [[0, 1], [1], [0, 0]]), visitors: Int32Array.of(0, 1, 0) }
  expect([...visitorRows(log, 2).columns]).toEqual([1, 1])
  expect([...visitorRows(log, 2).starts]).toEqual([0, 1, 2])
  expect([...visitorRows(log, 3).columns]).toEqual([])
})

test('transposed twice it is as before', () => {
  const rows = visitorRows(makeLog(5, [[4, 0], [], [0, 2, 3]]), 1)
  expect(transpose(transpose(rows))).toEqual(rows)
  expect([...transpose(rows).columns]).toEqual([0, 2, 2, 2, 0])
  expect([...transpose(rows).starts]).toEqual([0, 2, 2, 3, 4, 5])
})

test('no visitor at all', () => {
  expect(visitorRows(makeLog(3, []), 1).starts.length).toBe(1)
})
