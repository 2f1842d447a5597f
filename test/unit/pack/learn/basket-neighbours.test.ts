import { expect, test } from 'vitest'
import { basketNeighbours, splitBaskets } from '../../../../pack/learn/basket-neighbours'
import { openRowModel } from '../../../../worker/models/row-model'
import { makeLog } from '../../../support/make-log'

/** Three visitors, who each took 0 and 1 together, and 2 another time. */
const LOG = {
  ...makeLog(3, [
    [0, 1, 2],
    [1, 0, 2],
    [2, 0, 1],
  ]),
  baskets: Int32Array.of(0, 0, 1, 0, 0, 1, 0, 1, 1),
}
const input = (log: ReturnType<typeof makeLog>, support = 3) => ({ log, support, seed: 1 })

test('a sequence a basket, each its visitor’s', () => {
  expect(splitBaskets(LOG)).toEqual({ ...LOG, starts: Int32Array.of(0, 2, 3, 5, 6, 7, 9), visitors: Int32Array.of(0, 0, 1, 1, 2, 2) })
  const owned = { ...makeLog(2, [[0], [1]]), baskets: Int32Array.of(0, 0), visitors: Int32Array.of(7, 7) }
  expect([...splitBaskets(owned).starts]).toEqual([0, 1, 2])
  expect([...splitBaskets(owned).visitors!]).toEqual([7, 7])
})

test('what lay together speaks for each other, what one visitor took apart does not', async () => {
  const out = new Float32Array(3)
  openRowModel(await basketNeighbours.learn(input(LOG), {})).score({ items: Int32Array.of(0) }, out)
  expect(out[1]).toBeGreaterThan(0)
  expect(out[2]).toBe(0)
})

test('baskets of one visitor are one visitor', async () => {
  const alone = { ...makeLog(2, [[0, 1, 0, 1, 0, 1, 1]]), baskets: Int32Array.of(0, 0, 1, 1, 2, 2, 3) }
  const out = new Float32Array(2)
  openRowModel(await basketNeighbours.learn(input(alone, 2), {})).score({ items: Int32Array.of(0) }, out)
  expect(out[1]).toBe(0)
})

test('needs visitors of several baskets, and baskets of several items', () => {
  expect(basketNeighbours.canLearn(input(LOG))).toBe(true)
  expect(basketNeighbours.canLearn(input({ ...LOG, baskets: new Int32Array(9) }))).toBe(false)
  expect(basketNeighbours.canLearn(input({ ...LOG, baskets: Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2) }))).toBe(false)
  const { baskets: _baskets, ...without } = LOG
  expect(basketNeighbours.canLearn(input(without))).toBe(false)
})
