import { expect, test } from 'vitest'
import { userNeighbours } from '../../../../pack/learn/user-neighbours'
import { openUserNeighbours } from '../../../../worker/models/user-neighbours'
import { makeLog, twoTastes } from '../../../support/make-log'

const input = (log: ReturnType<typeof makeLog>, support = 5) => ({ log, support, seed: 1 })
const SETTINGS = { visitorsEach: 50, dim: 2, sharpness: 1 }

test('two tastes are two prototypes: three quarters of each half took each of its items', async () => {
  const part = await userNeighbours.learn(input(twoTastes(96)), SETTINGS)
  expect([...part.tensors.sizes!.data]).toEqual([48, 48])
  expect([...part.tensors.lengths!.data]).toEqual([4, 4])
  expect([...part.tensors.scales!.data]).toEqual([0.75, 0.75])
  expect([...part.tensors.shares!.data]).toEqual(Array(8).fill(255))
  const out = new Float32Array(8)
  openUserNeighbours(part).score({ items: Int32Array.of(1) }, out)
  expect([...out].map((score) => score > 0)).toEqual([true, true, true, true, false, false, false, false])
})

test('no prototype is made of fewer than 20 visitors, and no share rests on fewer than the support', async () => {
  // 30 of one taste, 6 of another: too few for a prototype, so they join, and what they took is kept only where 5 did
  const few = makeLog(6, [...Array.from({ length: 30 }, () => [0, 1]), ...Array.from({ length: 6 }, (_, at) => [4, at === 0 ? 3 : 5])])
  const part = await userNeighbours.learn(input(few), { ...SETTINGS, visitorsEach: 12 })
  for (const size of part.tensors.sizes!.data) expect(size).toBeGreaterThanOrEqual(20)
  expect([...part.tensors.sizes!.data].reduce((sum, size) => sum + size, 0)).toBe(36)
  expect([...part.tensors.items!.data].sort()).toEqual([0, 1, 4, 5])
  expect(userNeighbours.canLearn(input(makeLog(2, Array(19).fill([0]))))).toBe(false)
  expect(userNeighbours.canLearn(input(makeLog(2, Array(20).fill([0]))))).toBe(true)
})

test('the sessions of one visitor are one profile', () => {
  const log = { ...makeLog(2, Array(40).fill([0])), visitors: Int32Array.from({ length: 40 }, (_, session) => session >> 2) }
  expect(userNeighbours.canLearn(input(log))).toBe(false)
})

test('keeps the items that most took, of equals the first', async () => {
  const part = await userNeighbours.learn(input(twoTastes(48)), { ...SETTINGS, visitorsEach: 1000, kept: 3 })
  expect([...part.tensors.items!.data]).toEqual([0, 1, 2])
})
