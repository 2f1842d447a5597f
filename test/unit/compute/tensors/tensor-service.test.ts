import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Model, Tensor, Training } from '../../../../worker/compute/tensors/model'
import type { TensorService } from '../../../../worker/compute/tensors/tensor-service'
import { mlp } from '../../../support/models/mlp'
import { nodeTensors } from '../../../support/node-tensors'
import { referenceRun, worst } from '../../../support/tensor-gradients'
import { NETWORKS } from '../../../support/tensor-networks'
import { drawRows } from '../../../support/tensor-rows'
import { TOLERANCES } from '../../../support/tensor-tolerance'

const tensorCount = () => tf.engine().state.numTensors
const [perceptron, gru] = NETWORKS

// Loaded before the first test, which else would take long.
beforeAll(async () => {
  await Promise.all(['tensor-runner', 'wasm-backend', 'cpu-backend'].map((part) => import(`../../../../worker/compute/tensors/${part}.ts`)))
}, 60_000)

let tensors: TensorService
const changed = vi.fn()
beforeEach(() => {
  changed.mockClear()
  tensors = nodeTensors(changed)
})
afterEach(async () => {
  await tensors.close()
  expect(tensorCount()).toBe(0)
})

/** A model that adds a learned number to each row. */
function adder(value = 1) {
  return {
    name: 'adder',
    weights: { bias: { shape: [], values: Float32Array.of(value) } },
    inputs: { x: { shape: [], type: 'float32' } },
    outputs: [[]],
    forward: (ops, { bias }, { x }) => ops.add(x, bias),
  } satisfies Model<'bias', 'x'>
}

describe('who runs models', () => {
  test('nobody, until one does; then WebAssembly, where there is no GPU', async () => {
    expect(tensors.status).toEqual({ backend: 'none', reason: 'no neural model was used yet', steps: [] })
    const model = await tensors.load(adder())
    expect(tensors.status.backend).toBe('none')
    expect(await model.run({ x: Float32Array.of(1, 2) })).toEqual([Float32Array.of(2, 3)])
    expect(tensors.status).toMatchObject({
      backend: 'wasm',
      threads: 1,
      reason: expect.stringMatching(/WebAssembly, SIMD, one thread: the page is not/),
    })
    expect(tensors.status.steps).toEqual([
      { from: 'webgpu', to: 'wasm', reason: 'Node has no WebGPU' },
      { from: 'wasm', to: 'wasm', reason: expect.stringContaining('cross-origin isolated') },
    ])
    expect(changed).toHaveBeenCalledTimes(3)
    await model.run({ x: Float32Array.of(1, 2) })
    expect(changed).toHaveBeenCalledTimes(3)
  })

  test.each([
    ['js', 'cpu', 0],
    ['wasm', 'wasm', 1],
    ['webgpu', 'wasm', 2],
  ] as const)('compute: %s runs on %s here', async (choice, backend, steps) => {
    await tensors.configure(choice)
    const model = await tensors.load(adder())
    expect(await model.run({ x: Float32Array.of(1) })).toEqual([Float32Array.of(2)])
    expect(tensors.status).toMatchObject({ backend, reason: expect.stringContaining(`${choice} requested`) })
    expect(tensors.status.steps).toHaveLength(steps)
  })

  test('the choice can change between two runs of a model', async () => {
    const model = await tensors.load(adder())
    await model.run({ x: Float32Array.of(1) })
    await tensors.configure('js')
    expect(await model.run({ x: Float32Array.of(1) })).toEqual([Float32Array.of(2)])
    expect(tensors.status.backend).toBe('cpu')
  })
})

describe('a model', () => {
  test('runs any number of rows in batches, others in between, concurrent calls apart', async () => {
    const models = await Promise.all([perceptron!, gru!].map((network) => tensors.load({ ...network, batchRows: 8 })))
    const rows = [perceptron!, gru!].map((network) => drawRows(network, 20, 5))
    const found = await Promise.all([0, 1, 0, 1].map((which) => models[which]!.run(rows[which]!)))
    for (const [i, which] of [0, 1, 0, 1].entries()) {
      const expected = referenceRun([perceptron!, gru!][which]!, rows[which]!, 20)
      expect(worst(found[i]![0]!, expected[0]!, TOLERANCES.wasm)).toBeLessThan(1)
    }
    for (const model of models) model.dispose()
  })

  test('gives arrays of its own, even where it gives back an input or a weight', async () => {
    const weights = { table: { shape: [2], values: Float32Array.of(5, 6) } }
    const echo: Model = {
      name: 'echo',
      weights,
      inputs: { x: { shape: [2], type: 'float32' } },
      outputs: [[2], [2]],
      forward: (ops, { table }, { x }) => [x!, ops.tile(ops.expandDims(table!, 0), [x!.shape[0]!, 1])],
    }
    for (const choice of ['js', 'wasm'] as const) {
      await tensors.configure(choice)
      const model = await tensors.load(echo)
      const x = Float32Array.of(1, 2)
      const [first, second] = await model.run({ x })
      first!.fill(9)
      second!.fill(9)
      expect(x).toEqual(Float32Array.of(1, 2))
      expect(await model.run({ x })).toEqual([Float32Array.of(1, 2), Float32Array.of(5, 6)])
      model.dispose()
    }
  })

  test('sees changed weights after refresh', async () => {
    const definition = adder()
    const model = await tensors.load(definition)
    await model.run({ x: Float32Array.of(1) })
    definition.weights.bias.values[0] = 10
    model.refresh()
    expect(await model.run({ x: Float32Array.of(1) })).toEqual([Float32Array.of(11)])
  })

  test('disposed, it says so', async () => {
    const model = await tensors.load(adder())
    const pending = model.run({ x: Float32Array.of(1) })
    model.dispose()
    await expect(pending).rejects.toMatchObject({ code: 'closed' })
    await expect(model.run({ x: Float32Array.of(1) })).rejects.toMatchObject({ code: 'closed' })
  })

  test.each(['js', 'wasm'] as const)('leaks nothing on %s, whether calls succeed or fail', async (choice) => {
    await tensors.configure(choice)
    const model = await tensors.load(perceptron!)
    const rows = drawRows(perceptron!, 5, 1)
    await model.run(rows)
    const before = tensorCount()
    const buffers = tf.memory().numDataBuffers
    await model.run(rows)
    await expect(model.run({})).rejects.toMatchObject({ code: 'invalid-argument' })
    const faulty = await tensors.load({ ...perceptron!, outputs: [[7]] })
    await expect(faulty.run(rows)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('forward gives [5]'),
    })
    faulty.dispose()
    const broken = await tensors.load({
      ...perceptron!,
      forward: (ops, { w1 }) => ops.matMul(ops.square(w1!), ops.zeros([1234, 1])),
    })
    await expect(broken.run(rows)).rejects.toMatchObject({ code: 'compute-failed' })
    broken.dispose()
    // Its own fault moved nothing down.
    expect(tensors.status.backend).toBe(choice === 'js' ? 'cpu' : 'wasm')
    await model.run(rows)
    expect(tensorCount()).toBe(before)
    expect(tf.memory().numDataBuffers).toBe(buffers)
  })
})

describe('bad input', () => {
  test.each([
    ['no x', {}, /lack input x/],
    ['a length between rows', { x: new Float32Array(3), id: new Int32Array(1) }, /multiple of 2/],
    ['unequal rows', { x: new Float32Array(4), id: new Int32Array(3) }, /id has 3 rows, the inputs before it 2/],
    ['NaN', { x: Float32Array.of(1, Number.NaN), id: new Int32Array(1) }, /x\[1\] is NaN/],
    ['a wrong type', { x: new Float32Array(2), id: new Float32Array(1) }, /id must be an Int32Array/],
    ['an id past the end', { x: new Float32Array(2), id: Int32Array.of(3) }, /id\[0\] is 3, expected 0 or more and below 3/],
    ['a negative id', { x: new Float32Array(2), id: Int32Array.of(-1) }, /id\[0\] is -1/],
  ])('%s', async (_, rows, message) => {
    const model = await tensors.load({
      name: 'two',
      weights: {},
      inputs: { x: { shape: [2], type: 'float32' }, id: { shape: [], type: 'int32', below: 3 } },
      outputs: [[2]],
      forward: (_ops, _weights, { x }) => x,
    })
    await expect(model.run(rows as Record<string, Float32Array>)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(message),
    })
  })

  test('weights that do not fit their shape', async () => {
    const bad = { ...adder(), weights: { bias: { shape: [2, 3], values: new Float32Array(5) } } }
    await expect(tensors.load(bad)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('bias has 5 values, expected 6'),
    })
  })
})

describe('training', () => {
  const line = (): Training<'slope' | 'offset', 'x' | 'y'> & {
    weights: { slope: { values: Float32Array }; offset: { values: Float32Array } }
  } => ({
    name: 'line',
    weights: { slope: { shape: [], values: Float32Array.of(0) }, offset: { shape: [], values: Float32Array.of(0) } },
    inputs: { x: { shape: [], type: 'float32' }, y: { shape: [], type: 'float32' } },
    learningRate: 0.1,
    loss: (ops, { slope, offset }, { x, y }) => ops.mean(ops.squaredDifference(ops.add(ops.mul(x, slope), offset), y)),
  })
  const batch = { x: Float32Array.of(-1, 0, 1, 2), y: Float32Array.of(-1, 1, 3, 5) }

  test.each(['js', 'wasm'] as const)('learns a line on %s and writes it back, leaking nothing', async (choice) => {
    await tensors.configure(choice)
    const definition = line()
    const trainer = await tensors.train(definition)
    const losses = [await trainer.step(batch)]
    const before = tensorCount()
    for (let i = 0; i < 250; i++) losses.push(await trainer.step(batch))
    expect(losses[0]).toBeCloseTo(9, 4)
    expect(losses.at(-1)).toBeLessThan(1e-3)
    expect(definition.weights.slope.values[0]).toBe(0)
    await trainer.save()
    expect(definition.weights.slope.values[0]).toBeCloseTo(2, 1)
    expect(definition.weights.offset.values[0]).toBeCloseTo(1, 1)
    expect(tensorCount()).toBe(before)
    trainer.dispose()
    await expect(trainer.step(batch)).rejects.toMatchObject({ code: 'closed' })
  })

  test('takes the steps that Adam takes', async () => {
    const definition = line()
    const trainer = await tensors.train(definition)
    // Algorithm 1 of the paper, in float64, over the same loss.
    const state = { w: [0, 0], m: [0, 0], v: [0, 0] }
    for (let t = 1; t <= 30; t++) {
      const errors = [...batch.x].map((x, i) => x * state.w[0]! + state.w[1]! - batch.y[i]!)
      const gradient = [errors.reduce((sum, e, i) => sum + (2 * e * batch.x[i]!) / 4, 0), errors.reduce((sum, e) => sum + (2 * e) / 4, 0)]
      for (const [i, g] of gradient.entries()) {
        state.m[i] = 0.9 * state.m[i]! + 0.1 * g
        state.v[i] = 0.999 * state.v[i]! + 0.001 * g * g
        state.w[i]! -= (0.1 * state.m[i]!) / (1 - 0.9 ** t) / (Math.sqrt(state.v[i]! / (1 - 0.999 ** t)) + 1e-8)
      }
      await trainer.step(batch)
    }
    await trainer.save()
    expect(definition.weights.slope.values[0]).toBeCloseTo(state.w[0]!, 4)
    expect(definition.weights.offset.values[0]).toBeCloseTo(state.w[1]!, 4)
    trainer.dispose()
  })

  test('learns only what it is told to', async () => {
    const definition = { ...line(), learned: ['offset'] as const }
    const trainer = await tensors.train(definition)
    for (let i = 0; i < 5; i++) await trainer.step(batch)
    await trainer.save()
    expect(definition.weights.slope.values[0]).toBe(0)
    expect(definition.weights.offset.values[0]).toBeGreaterThan(0.3)
    trainer.dispose()
  })

  test('a loss that is not finite names the step, and the step is not taken', async () => {
    const definition = line()
    const trainer = await tensors.train({
      ...definition,
      loss: (ops, { slope, offset }, { x }) => ops.mean(ops.log(ops.add(ops.mul(slope, x), ops.sub(offset, 1)))),
    })
    const before = tensorCount()
    await expect(trainer.step(batch)).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringContaining('NaN in step 1') })
    await trainer.save()
    expect(definition.weights.slope.values[0]).toBe(0)
    expect(tensorCount() - before).toBeLessThanOrEqual(6)
    trainer.dispose()
  })

  test('a weight that the loss does not depend on is named', async () => {
    const trainer = await tensors.train({ ...line(), loss: (ops, { slope }, { x }) => ops.mean(ops.mul(slope, x)) })
    await expect(trainer.step(batch)).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('depend on offset'),
    })
    trainer.dispose()
    expect(tensorCount()).toBe(0)
  })

  test('a loss that fails leaks nothing of what was saved for its gradient', async () => {
    const trainer = await tensors.train({
      ...line(),
      loss: (ops, { slope }, { x }) => ops.matMul(ops.square(ops.mul(slope, x)) as Tensor, ops.zeros([77, 1])),
    })
    await expect(trainer.step(batch)).rejects.toMatchObject({ code: 'compute-failed' })
    trainer.dispose()
    expect(tensorCount()).toBe(0)
  })

  test('every network gets better, the same way twice with one seed, another way with another', async () => {
    for (const network of NETWORKS) {
      const rows = drawRows(network, 8, 3)
      const runs: number[][] = []
      for (const seed of [1, 1, 2]) {
        const weights = Object.fromEntries(
          Object.entries(network.weights).map(([name, weight]) => [name, { ...weight, values: weight.values.slice() }]),
        )
        const trainer = await tensors.train({ ...network, weights, seed, learningRate: 0.02 })
        const losses: number[] = []
        for (let i = 0; i < 25; i++) losses.push(await trainer.step(rows))
        trainer.dispose()
        runs.push(losses)
      }
      expect(runs[0], network.name).toEqual(runs[1])
      expect(runs[0]!.at(-1)!, network.name).toBeLessThan(runs[0]![0]!)
      if (network !== gru) expect(runs[2], network.name).not.toEqual(runs[0]) // that one draws nothing
    }
  }, 60_000)
})

test('the example of a perceptron runs as it stands', async () => {
  const model = await tensors.load(mlp())
  const rows = drawRows(mlp(), 3, 1)
  const [chances] = await model.run(rows)
  expect(worst(chances!, referenceRun(mlp(), rows, 3)[0]!, TOLERANCES.wasm)).toBeLessThan(1)
})

describe('going on from where a training stopped', () => {
  const training = { ...perceptron, learningRate: 0.02 } as Training
  const copied = () => ({
    ...training,
    weights: Object.fromEntries(
      Object.entries(training.weights).map(([name, { shape, values }]) => [name, { shape, values: values.slice() }]),
    ),
  })
  const batches = Array.from({ length: 5 }, (_, at) => drawRows(training, 4, at + 1))

  test('the same weights come of it, draws of dropout and all', async () => {
    const whole = copied()
    const trainer = await tensors.train(whole)
    for (const batch of batches) await trainer.step(batch)
    await trainer.save()
    trainer.dispose()

    const first = await tensors.train(copied())
    for (const batch of batches.slice(0, 2)) await first.step(batch)
    const from = await first.state()
    first.dispose()
    expect(from.step).toBe(2)
    const rest = copied()
    const second = await tensors.train({ ...rest, from })
    for (const batch of batches.slice(2)) await second.step(batch)
    await second.save()
    second.dispose()
    expect(rest.weights).toEqual(whole.weights)
  })

  test('a state of another network is refused', async () => {
    const from = { step: 1, learned: [[new Float32Array(1), new Float32Array(1), new Float32Array(1)]] as const }
    await expect(tensors.train({ ...copied(), from })).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})
