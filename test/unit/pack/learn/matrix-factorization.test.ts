import { expect, test } from 'vitest'
import { matrixFactorization } from '../../../../pack/learn/matrix-factorization'
import { openMatrixFactorization } from '../../../../worker/models/matrix-factorization'
import { makeLog, twoTastes } from '../../../support/make-log'

const learn = (log: ReturnType<typeof makeLog>, support: number, seed = 1) =>
  matrixFactorization.learn({ log, support, seed }, { dim: 3, sweeps: 4 })

test('sums that the device begins with are those of the rounded rows', async () => {
  const { tensors, settings } = await learn(twoTastes(24), 1)
  const size = 4
  const gram = new Float64Array(size * size)
  const offset = new Float64Array(size)
  for (let item = 0; item < 8; item++) {
    const scale = tensors.scales!.data[item]!
    const row = [...[0, 1, 2].map((k) => tensors.factors!.data[item * 3 + k]! * scale), 1]
    for (let a = 0; a < size; a++) {
      offset[a]! += (settings.mean! + tensors.biases!.data[item]!) * row[a]!
      for (let b = 0; b < size; b++) gram[a * size + b]! += row[a]! * row[b]!
    }
  }
  for (const [at, value] of gram.entries()) expect(tensors.gram!.data[at]).toBeCloseTo(value, 5)
  for (const [at, value] of offset.entries()) expect(tensors.offset!.data[at]).toBeCloseTo(value, 5)
})

test('nothing is told of an item that fewer visitors took than the support', async () => {
  const log = makeLog(3, [[0, 1], [0, 1], [0, 1, 2], [2]])
  const part = await learn(log, 3)
  expect([...part.tensors.scales!.data].map((scale) => scale > 0)).toEqual([true, true, false])
  expect([...part.tensors.factors!.data.subarray(6)]).toEqual([0, 0, 0])
  expect(part.tensors.biases!.data[2]).toBe(0)
  const without = await learn(makeLog(3, [[0, 1], [0, 1], [0, 1], []]), 3)
  expect(part).toEqual(without)
  const out = new Float32Array(3)
  openMatrixFactorization(part).score({ items: Int32Array.of(2) }, out)
  expect(out[2]).toBe(0)
})

test('needs an item that enough visitors took', () => {
  const input = (support: number) => ({ log: makeLog(2, [[0], [0], [1]]), support, seed: 1 })
  expect(matrixFactorization.canLearn(input(2))).toBe(true)
  expect(matrixFactorization.canLearn(input(3))).toBe(false)
})

test('the same seed gives the same part', async () => {
  expect(await learn(twoTastes(12), 1)).toEqual(await learn(twoTastes(12), 1))
  expect(await learn(twoTastes(12), 1, 2)).not.toEqual(await learn(twoTastes(12), 1))
})
