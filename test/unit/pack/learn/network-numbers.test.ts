import { describe, expect, test } from 'vitest'
import { neighbourEmbeddings } from '../../../../pack/learn/neighbour-embeddings'
import { networkPart } from '../../../../pack/learn/network-part'
import { softmaxLoss } from '../../../../pack/learn/softmax-loss'
import type { Model, TensorMap } from '../../../../worker/compute/tensors/model'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { knownItems } from '../../../../worker/models/known-items'
import { networkWeights } from '../../../../worker/models/network-weights'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()
const random = seededRandom(4)
const draw = (length: number) => Float32Array.from({ length }, () => 2 * random() - 1)

describe('a network as a part', () => {
  const known = knownItems(Uint32Array.of(1, 4, 5), 6)
  const shapes = { items: [3, 4], bias: [3], matrix: [4, 2] }
  const weights = {
    items: { shape: [3, 4], values: Float32Array.of(1, -0.5, 0.25, 0, 0, 0, 0, 0, 1e-3, 2e-3, -4e-3, 0) },
    bias: { shape: [3], values: draw(3) },
    matrix: { shape: [4, 2], values: draw(8) },
  }

  test('tables are rounded by at most half a step of each row, zeros stay; the rest is as it was', () => {
    const part = networkPart('gru', weights, known, { dim: 4 })
    expect(Object.keys(part.tensors)).toEqual(['rows', 'items.levels', 'items.scales', 'bias', 'matrix'])
    expect(part.settings).toEqual({ dim: 4, itemCount: 6 })
    const read = networkWeights(part, shapes)
    expect(read.bias).toEqual(weights.bias)
    expect(read.matrix).toEqual(weights.matrix)
    weights.items.values.forEach((value, at) => {
      const largest = [1, 0, 4e-3][Math.floor(at / 4)]!
      expect(Math.abs(read.items!.values[at]! - value)).toBeLessThanOrEqual((largest / 254) * 1.001)
    })
  })

  test('known items are numbered from 0', () => {
    expect([...known.among(Int32Array.of(5, 0, 1, 1, 3, 4))]).toEqual([2, 0, 0, 1])
    expect([known.numberOf(4), known.numberOf(3), known.numberOf(99)]).toEqual([1, -1, -1])
  })
})

describe('the loss of right answers', () => {
  const [items, dim, count, each] = [5, 3, 4, 2]
  const [table, bias, states] = [draw(items * dim), draw(items), draw(count * dim)]
  const targets = Int32Array.of(0, 1, 2, 3, 4, 0, 1, 1)
  const worth = Float32Array.of(1, 1, 0, 1, 1, 0, 1, 1)

  /** -log of the share that each right answer has among the drawn ones and itself, or among all. */
  function expected(drawn: readonly number[] | undefined, hasBias: boolean): number {
    const logit = (state: number, item: number) => {
      let sum = hasBias ? bias[item]! : 0
      for (let d = 0; d < dim; d++) sum += states[state * dim + d]! * table[item * dim + d]!
      return sum
    }
    let [sum, total] = [0, 0]
    targets.forEach((target, at) => {
      const state = Math.floor(at / each)
      const own = Math.exp(logit(state, target))
      const others = (drawn ?? [...Array(items).keys()]).reduce((all, item) => all + Math.exp(logit(state, item)), drawn ? own : 0)
      sum -= worth[at]! * Math.log(own / others)
      total += worth[at]!
    })
    return sum / total
  }

  const network = (drawn: readonly number[] | undefined, hasBias: boolean): Model => ({
    name: 'loss',
    weights: { table: { shape: [items, dim], values: table }, bias: { shape: [items], values: bias } },
    inputs: {
      states: { shape: [count, dim], type: 'float32' },
      targets: { shape: [count * each], type: 'int32', below: items },
      worth: { shape: [count * each], type: 'float32' },
    },
    outputs: [[1]],
    forward(ops, weights, inputs) {
      const candidates = {
        table: weights.table!,
        bias: hasBias ? weights.bias : undefined,
        drawn: drawn && ops.tensor(Int32Array.from(drawn), [drawn.length], 'int32'),
      }
      const flat = (name: string) => ops.reshape(inputs[name]!, [count * each])
      const loss = softmaxLoss(ops, ops.reshape(inputs.states!, [count, dim]), candidates, flat('targets'), flat('worth'))
      return ops.reshape(loss, [1, 1])
    },
  })

  test.each([
    ['all', undefined, false],
    ['all, with biases', undefined, true],
    ['drawn ones', [3, 3, 0], false],
    ['drawn ones, with biases', [2, 4], true],
  ] as const)(
    'against %s',
    async (_, drawn, hasBias) => {
      const model = await tensors().load(network(drawn, hasBias))
      const [loss] = await model.run({ states, targets, worth })
      expect(loss![0]).toBeCloseTo(expected(drawn, hasBias), 5)
    },
    60_000,
  )

  test('flows back as numeric differentiation says', async () => {
    const start = states.slice()
    const trainer = await tensors().train({
      ...network([3, 3, 0], true),
      weights: { ...network([3, 3, 0], true).weights, states: { shape: [count, dim], values: start } },
      inputs: { targets: { shape: [count * each], type: 'int32', below: items }, worth: { shape: [count * each], type: 'float32' } },
      learned: ['states'],
      loss(ops, weights: TensorMap<string>, inputs: TensorMap<string>) {
        const candidates = { table: weights.table!, bias: weights.bias, drawn: ops.tensor(Int32Array.of(3, 3, 0), [3], 'int32') }
        const flat = (name: string) => ops.reshape(inputs[name]!, [count * each])
        return softmaxLoss(ops, weights.states!, candidates, flat('targets'), flat('worth'))
      },
    })
    await trainer.step({ targets, worth })
    const { learned } = await trainer.state()
    trainer.dispose()
    const [, mean] = learned[0]!
    for (let at = 0; at < states.length; at++) {
      const before = states[at]!
      states[at] = before + 1e-2
      const above = expected([3, 3, 0], true)
      states[at] = before - 1e-2
      const below = expected([3, 3, 0], true)
      states[at] = before
      expect(mean[at]! / 0.1).toBeCloseTo((above - below) / 2e-2, 3)
    }
  }, 60_000)
})

describe('embeddings of who stands near whom', () => {
  const embed = (sequences: number[][], items: number, dim: number) =>
    neighbourEmbeddings(
      sequences.map((sequence) => Int32Array.from(sequence)),
      items,
      dim,
      1,
    )

  test('items of one company are alike, others are not; norms are 1 in the mean', () => {
    const values = embed(
      Array.from({ length: 20 }, (_, at) => (at % 2 ? [0, 1, 2] : [3, 4, 5])),
      6,
      2,
    )
    const row = (item: number) => values.subarray(item * 2, item * 2 + 2)
    const dot = (a: number, b: number) => row(a)[0]! * row(b)[0]! + row(a)[1]! * row(b)[1]!
    expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(6, 4)
    for (let a = 0; a < 6; a++) {
      for (let b = 0; b < 6; b++) {
        if (Math.floor(a / 3) === Math.floor(b / 3)) expect(dot(a, b)).toBeGreaterThan(0.8)
        else expect(dot(a, b)).toBeCloseTo(0, 4)
      }
    }
  })

  test('nobody near anybody: zeros', () => {
    expect([...embed([[0], [1, 1]], 2, 3)]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
