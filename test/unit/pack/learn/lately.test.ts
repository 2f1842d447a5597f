import { expect, test } from 'vitest'
import { lately } from '../../../../pack/learn/lately'
import { openLately } from '../../../../worker/models/lately'
import { makeLog } from '../../../support/make-log'

const DAY_MS = 86_400_000
const log = (sequences: readonly (readonly number[])[], days: readonly number[]) => ({
  ...makeLog(3, sequences),
  times: Float64Array.from(days, (day) => day * DAY_MS),
})
async function scores(of: ReturnType<typeof log>, support = 1) {
  const out = new Float32Array(3)
  openLately(await lately.learn({ log: of, support, seed: 1 }, { halfLifeDays: 10 })).score({ items: new Int32Array(0) }, out)
  return out
}

test('a first time counts half for each half-life, a second time not at all', async () => {
  const [first, second, third] = await scores(
    log(
      [
        [0, 1, 0],
        [1, 1],
      ],
      [0, 10, 20, 10, 20],
    ),
  )
  expect(first).toBeCloseTo(0.25, 3)
  expect(second).toBeCloseTo(1, 3)
  expect(third).toBe(0)
})

test('sessions of one visitor are looked at together', async () => {
  const sessions = log([[1], [1], [0]], [20, 0, 20])
  expect((await scores(sessions))[1]).toBeCloseTo(1.25, 3)
  expect((await scores({ ...sessions, visitors: Int32Array.of(4, 4, 1) }))[1]).toBeCloseTo(0.25, 3)
})

test('only who began within four half-lives is support', async () => {
  const old = log([[0], [0], [0, 1], [1]], [0, 0, 50, 50, 50])
  expect((await scores(old, 1))[0]).toBeCloseTo(1, 3)
  expect([...(await scores(old, 2))].map((score) => score > 0)).toEqual([false, true, false])
})

test('needs times that differ', () => {
  const canLearn = (of: ReturnType<typeof makeLog>) => lately.canLearn({ log: of, support: 1, seed: 1 })
  expect(canLearn(log([[0, 1]], [0, 1]))).toBe(true)
  expect(canLearn(log([[0, 1]], [1, 1]))).toBe(false)
  expect(canLearn(log([], []))).toBe(false)
  expect(canLearn(makeLog(3, [[0, 1]]))).toBe(false)
})
