import { describe, expect, test } from 'vitest'
import { knownSequences } from '../../../../pack/learn/known-sequences'
import { packedRows } from '../../../../pack/learn/packed-rows'
import { setRows } from '../../../../pack/learn/set-rows'
import { shuffled } from '../../../../pack/learn/shuffled'
import { windowRows } from '../../../../pack/learn/window-rows'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { lastItems } from '../../../../worker/models/last-items'
import { makeLog } from '../../../support/make-log'

const sequences = (...rows: number[][]) => rows.map((row) => Int32Array.from(row))
const plain = (rows: Readonly<Record<string, Float32Array | Int32Array>>) =>
  Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, [...values]]))

describe('what a network reads of a visit', () => {
  test('the last items, ending with the newest', () => {
    expect(plain(lastItems(sequences([5], [1, 2, 3, 4], []), 3))).toEqual({
      items: [0, 0, 5, 2, 3, 4, 0, 0, 0],
      places: [0, 0, 0, 0, 1, 2, 0, 0, 0],
      filled: [0, 0, 1, 1, 1, 1, 0, 0, 0],
    })
  })
})

describe('known sequences', () => {
  test('items that fewer visitors saw than the support are left out, however often; several sequences may be one visitor', () => {
    const log = makeLog(5, [[4, 1, 2, 2, 2], [1, 4, 3], [4, 1, 3], [3]])
    const { known, sequences: own } = knownSequences(log, 2, 1)
    expect([...known.rows]).toEqual([1, 3, 4])
    expect(own.map((sequence) => [...sequence])).toEqual([[2, 0], [0, 2, 1], [2, 0, 1], [1]])
    const shared = knownSequences({ ...log, visitors: Int32Array.of(0, 7, 7, 7) }, 2, 1)
    expect([...shared.known.rows]).toEqual([1, 4])
  })

  test('a tenth gives its last item to be asked for, where that is enough', () => {
    const log = makeLog(9, Array(210).fill([3, 1, 2]))
    const { sequences: own, heldOut } = knownSequences(log, 1, 1)
    expect(heldOut).toHaveLength(21)
    expect(heldOut[0]).toEqual({ visit: Int32Array.of(2, 0), target: 1 })
    expect(own.filter(({ length }) => length === 2)).toHaveLength(21)
    expect(knownSequences(makeLog(9, Array(190).fill([3, 1, 2])), 1, 1).heldOut).toEqual([])
    expect(knownSequences(makeLog(9, Array(500).fill([3, 1])), 1, 1).heldOut).toEqual([])
  })
})

describe('rows to learn from', () => {
  test('packed: every step of every sequence stands once, in rows that are full', () => {
    const all = sequences([0, 1, 2], [3, 4], [5, 6], [7], [0, 1, 2, 3, 4, 5, 6, 7])
    const { count, rows } = packedRows(all, 4, seededRandom(1))
    const { items, places, targets, filled } = plain(rows)
    const steps = items!.map((item, at) => (filled![at] ? `${places![at]}: ${item} ${targets![at]}` : '')).filter(Boolean)
    expect(steps.sort()).toEqual(
      ['0: 0 1', '1: 1 2', '0: 3 4', '0: 5 6', '0: 0 1', '1: 1 2', '2: 2 3', '0: 3 4', '1: 4 5', '2: 5 6', '3: 6 7'].sort(),
    )
    expect(items).toHaveLength(count * 4)
    expect(count).toBeLessThanOrEqual(4)
  })

  test('windows: what came before each item', () => {
    const { count, rows } = windowRows(sequences([3, 1, 2, 5], [4]), 2, (order) => order.reverse())
    expect(count).toBe(3)
    expect(plain(rows)).toEqual({ items: [1, 2, 3, 1, 0, 3], filled: [1, 1, 1, 1, 0, 1], targets: [5, 2, 1] })
  })

  test('sets: each item of a sequence once, some of them where it has many', () => {
    const { count, rows } = setRows(sequences([3, 3, 3], [1, 2, 4, 5, 6]), 3, seededRandom(2))
    const { items, targets, filled } = plain(rows)
    expect(count).toBe(2)
    expect(targets).toEqual(items)
    const short = filled!.slice(0, 3).join() === '1,0,0' ? 0 : 3
    expect(items!.slice(short, short + 3)).toEqual([3, 0, 0])
    const long = items!.slice(3 - short, 6 - short)
    expect(new Set(long).size).toBe(3)
    expect(long.every((item) => [1, 2, 4, 5, 6].includes(item))).toBe(true)
  })

  test('nothing gives no rows', () => {
    expect(packedRows([], 4, seededRandom(1)).count).toBe(0)
    expect(windowRows([], 4, (order) => order).count).toBe(0)
    expect(setRows([], 4, seededRandom(1)).count).toBe(0)
  })

  test('shuffling keeps every value', () => {
    const values = Int32Array.from({ length: 50 }, (_, at) => at)
    const mixed = shuffled(values.slice(), seededRandom(3))
    expect(mixed).not.toEqual(values)
    expect(mixed.toSorted()).toEqual(values)
  })
})
