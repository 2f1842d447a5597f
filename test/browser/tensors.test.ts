import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ComputeChoice } from '../../src/shared/status'
import { pause } from '../../worker/catalog/slices'
import { type GpuLease, GpuService } from '../../worker/compute/gpu-service'
import type { LoadedModel, Model } from '../../worker/compute/tensors/model'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import { wasmFiles } from '../../worker/compute/tensors/wasm-files'
import { mlp } from '../support/models/mlp'
import { selfAttention } from '../support/models/self-attention'
import { referenceRun, worst } from '../support/tensor-gradients'
import { NETWORKS } from '../support/tensor-networks'
import { drawRows } from '../support/tensor-rows'
import { TOLERANCES } from '../support/tensor-tolerance'

// A GPU in software compiles each shader for a tenth of a second.
vi.setConfig({ testTimeout: 180_000 })

// Some thousand values, so that tfjs does not leave them to the CPU where it has a GPU.
const network = mlp({ features: 40, hidden: [64, 40] })
const rows = drawRows(network, 50, 3)
const expected = referenceRun(network, rows, 50)[0]!
const tensorCount = () => tf.engine().state.numTensors

class Refusing {
  constructor() {
    throw new WebAssembly.CompileError('provoked')
  }
}

let service: TensorService | undefined
/** Shares in the GPU that were given out, to be broken on purpose. */
let leases: GpuLease[] = []

async function open(choice: ComputeChoice, options: Partial<ConstructorParameters<typeof TensorService>[0]> = {}): Promise<TensorService> {
  const gpu = new GpuService(navigator.gpu)
  const lease = async () => {
    const given = await gpu.lease()
    leases.push(given)
    return given
  }
  service = new TensorService({ gpu: { lease }, pause, onChange: () => {}, ...options })
  await service.configure(choice)
  return service
}

async function expectRight(model: LoadedModel): Promise<void> {
  const [found] = await model.run(rows)
  expect(worst(found!, expected, TOLERANCES.webgpu)).toBeLessThan(1)
}

beforeEach(() => {
  leases = []
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await service?.close()
  service = undefined
  // Whatever happened in a test, nothing stays.
  expect(tensorCount()).toBe(0)
})

describe('on a GPU', () => {
  test('forced, it runs on a software one too, printed here', async () => {
    const tensors = await open('webgpu')
    const model = await tensors.load(network)
    await expectRight(model)
    console.info(`WebGPU adapter: ${tensors.status.adapter}`)
    expect(tensors.status).toMatchObject({ backend: 'webgpu', steps: [], reason: expect.stringContaining('requested') })
    expect(tensors.status.adapter).toMatch(/\w/)
    // The device really was used.
    expect((tf.memory() as unknown as { numBytesInGPU: number }).numBytesInGPU).toBeGreaterThan(40 * 64 * 4)
  })

  test('its device is the one that others share, and is let go at the end', async () => {
    const tensors = await open('webgpu')
    const release = vi.fn()
    const gpu = new GpuService(navigator.gpu)
    const lease = async () => {
      const given = await gpu.lease()
      return {
        ...given,
        lost: given.lost,
        release() {
          release()
          given.release()
        },
      }
    }
    const other = await gpu.lease()
    const sharing = new TensorService({ gpu: { lease }, pause, onChange: () => {} })
    await sharing.configure('webgpu')
    const model = await sharing.load(network)
    await expectRight(model)
    expect((tf.findBackend('webgpu') as unknown as { device: GPUDevice }).device).toBe(other.device)
    await sharing.close()
    expect(release).toHaveBeenCalledOnce()
    expect(other.lost).toBeUndefined()
    other.release()
    await tensors.close()
  })

  test('auto never takes a software one', async () => {
    const tensors = await open('auto')
    await expectRight(await tensors.load(network))
    const { isSoftware, adapter } = leases[0]!
    expect(tensors.status.backend).toBe(isSoftware ? 'wasm' : 'webgpu')
    if (isSoftware) expect(tensors.status.steps[0]).toEqual({ from: 'webgpu', to: 'wasm', reason: expect.stringContaining(adapter) })
  })

  test('concurrent runs of several models do not mix', async () => {
    const tensors = await open('webgpu')
    const encoder = selfAttention({ length: 6, dim: 8, inner: 12 })
    const sequences = drawRows(encoder, 40, 4)
    const models = [await tensors.load(network), await tensors.load(encoder)]
    const found = await Promise.all([0, 1, 1, 0].map((which) => models[which]!.run([rows, sequences][which]!)))
    const wanted = [expected, referenceRun(encoder, sequences, 40)[0]!]
    for (const [i, which] of [0, 1, 1, 0].entries()) expect(worst(found[i]![0]!, wanted[which]!, TOLERANCES.webgpu)).toBeLessThan(1)
  })

  test('leaks nothing, whether calls succeed or fail', async () => {
    const tensors = await open('webgpu')
    const model = await tensors.load(network)
    await model.run(rows)
    const before = [tensorCount(), tf.memory().numDataBuffers]
    await model.run(rows)
    await expect(model.run({})).rejects.toMatchObject({ code: 'invalid-argument' })
    const faulty: Model = { ...network, outputs: [[7]], forward: (ops, weights) => ops.square(weights.w1!) }
    const wrong = await tensors.load(faulty)
    await expect(wrong.run(rows)).rejects.toMatchObject({ code: 'invalid-argument' })
    wrong.dispose()
    await model.run(rows)
    expect([tensorCount(), tf.memory().numDataBuffers]).toEqual(before)
  })
})

describe('moves down one step, finishes the call, and says so', () => {
  const steps = (tensors: TensorService) => tensors.status.steps.filter(({ from, to }) => from !== to)

  test.each([
    ['a browser without WebGPU', undefined, /WebGPU/],
    ['no adapter', { requestAdapter: async () => null }, /adapter/],
    ['an adapter that gives no device', { requestAdapter: () => Promise.reject(new Error('none today')) }, /./],
  ])('%s', async (_, gpu, reason) => {
    // As much of a GPU as is asked for.
    const tensors = await open('webgpu', { gpu: new GpuService(gpu as unknown as GPU | undefined) })
    await expectRight(await tensors.load(network))
    expect(tensors.status.backend).toBe('wasm')
    expect(steps(tensors)).toEqual([{ from: 'webgpu', to: 'wasm', reason: expect.stringMatching(reason) }])
  })

  test('a device lost in mid-run: no zeros are believed', async () => {
    const tensors = await open('webgpu')
    const model = await tensors.load({ ...network, batchRows: 10 })
    await expectRight(model)
    const pending = model.run(rows)
    await pause()
    leases[0]!.device.destroy()
    const [found] = await pending
    expect(worst(found!, expected, TOLERANCES.webgpu)).toBeLessThan(1)
    expect(tensors.status.backend).toBe('wasm')
    expect(tensors.status.adapter).toBeUndefined()
    expect(steps(tensors)).toEqual([{ from: 'webgpu', to: 'wasm', reason: expect.stringMatching(/GPU/) }])
  })

  test('a loss that shows in nothing but the lease: what was computed until then is not believed', async () => {
    const gpu = new GpuService(navigator.gpu)
    let lost: string | undefined
    const lease = async () => {
      const given = await gpu.lease()
      return {
        ...given,
        get lost() {
          return lost
        },
        release: () => given.release(),
      }
    }
    const tensors = await open('webgpu', { gpu: { lease } })
    const model = await tensors.load(network)
    await expectRight(model)
    const pending = model.run(rows)
    lost = 'provoked'
    await pending
    expect(tensors.status.backend).toBe('wasm')
    expect(steps(tensors)).toEqual([{ from: 'webgpu', to: 'wasm', reason: 'the GPU was lost: provoked' }])
    await expectRight(model)
  })

  test('a device lost between two runs; asked for again, it gets another', async () => {
    const tensors = await open('webgpu')
    const model = await tensors.load(network)
    await model.run(rows)
    const { device } = leases[0]!
    device.destroy()
    await device.lost
    await expectRight(model)
    expect(tensors.status.backend).toBe('wasm')
    await tensors.configure('webgpu')
    await expectRight(model)
    expect(tensors.status.backend).toBe('webgpu')
    expect(leases[1]!.device).not.toBe(device)
  })

  test('a validation error', async () => {
    const tensors = await open('webgpu')
    const model = await tensors.load(network)
    await model.run(rows)
    const { device } = leases[0]!
    const create = device.createBuffer.bind(device)
    // A use that no buffer may have together.
    vi.spyOn(device, 'createBuffer').mockImplementation(({ size }) =>
      create({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE }),
    )
    await expectRight(await tensors.load({ ...network, batchRows: 17 }))
    expect(tensors.status.backend).toBe('wasm')
    expect(steps(tensors)).toHaveLength(1)
  })

  test.each([
    ['of memory', 'GPUOutOfMemoryError'],
    ['of its own', 'GPUInternalError'],
    ['of validation', 'GPUValidationError'],
  ] as const)('an error %s that the GPU tells of late', async (_, kind) => {
    const tensors = await open('webgpu')
    const model = await tensors.load(network)
    await model.run(rows)
    vi.spyOn(leases[0]!.device, 'popErrorScope').mockResolvedValueOnce(new globalThis[kind]('provoked'))
    await expectRight(model)
    expect(steps(tensors)).toEqual([{ from: 'webgpu', to: 'wasm', reason: 'the GPU refused: provoked' }])
  })

  test('a device lost while training: nothing that was learned is lost', async () => {
    const [perceptron] = NETWORKS
    const batch = drawRows(perceptron!, 16, 2)
    const losses: Record<string, number[]> = { whole: [], broken: [] }
    for (const kind of ['whole', 'broken']) {
      const tensors = await open(kind === 'whole' ? 'wasm' : 'webgpu')
      const weights = Object.fromEntries(
        Object.entries(perceptron!.weights).map(([name, weight]) => [name, { ...weight, values: weight.values.slice() }]),
      )
      const trainer = await tensors.train({ ...perceptron!, weights, learningRate: 0.01 })
      for (let i = 0; i < 24; i++) {
        const step = trainer.step(batch)
        if (kind === 'broken' && i === 22) leases.at(-1)!.device.destroy()
        losses[kind]!.push(await step)
      }
      expect(tensors.status.backend).toBe('wasm')
      const before = tensorCount()
      await trainer.step(batch)
      expect(tensorCount()).toBe(before)
      trainer.dispose()
      await tensors.close()
    }
    expect(worst(losses.broken!, losses.whole!, TOLERANCES.webgpu)).toBeLessThan(1)
    expect(losses.whole![23]).toBeLessThan(losses.whole![0]!)
  })

  test('memory of WebAssembly exhausted: no result from address 0', async () => {
    const tensors = await open('wasm')
    const size = 6_000_000 // 24 MB: more than the memory that tfjs starts with
    const large: Model = {
      name: 'large',
      weights: { table: { shape: [size / 4, 4], values: new Float32Array(size).fill(0.5) } },
      inputs: { row: { shape: [], type: 'int32', below: size / 4 } },
      outputs: [[4]],
      forward: (ops, { table }, { row }) => ops.gather(table!, row!),
    }
    const model = await tensors.load(network)
    await expectRight(model)
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow').mockImplementation(() => {
      throw new RangeError('provoked')
    })
    const [found] = await (await tensors.load(large)).run({ row: Int32Array.of(7) })
    expect([...found!]).toEqual([0.5, 0.5, 0.5, 0.5])
    expect(grow).toHaveBeenCalled()
    expect(tensors.status.backend).toBe('cpu')
    expect(steps(tensors)).toEqual([{ from: 'wasm', to: 'cpu', reason: expect.stringContaining('no memory left') }])
    await expectRight(model)
  })

  test.each([
    ['no WebAssembly', () => vi.stubGlobal('WebAssembly', undefined), /no WebAssembly/],
    [
      'WebAssembly refused',
      () => vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Module: { value: Refusing } })),
      /refused: provoked/,
    ],
  ])('%s', async (_, breakIt, reason) => {
    const tensors = await open('wasm')
    breakIt()
    await expectRight(await tensors.load(network))
    expect(tensors.status.backend).toBe('cpu')
    expect(steps(tensors)).toEqual([{ from: 'wasm', to: 'cpu', reason: expect.stringMatching(reason) }])
  })

  test('a binary that cannot be had', async () => {
    const missing = Object.fromEntries(Object.keys(wasmFiles()).map((name) => [name, '/nowhere.wasm'])) as ReturnType<typeof wasmFiles>
    const tensors = await open('wasm', { wasmFiles: missing })
    await expectRight(await tensors.load(network))
    expect(steps(tensors)).toEqual([{ from: 'wasm', to: 'cpu', reason: expect.stringContaining('did not start') }])
    // And it can be had the next time.
    await tensors.close()
    const again = await open('wasm')
    await expectRight(await again.load(network))
    expect(again.status.backend).toBe('wasm')
  })

  test('no SIMD: the binary without it', async () => {
    // Known from the tests above, which ran in WebAssembly.
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
    tf.env().set('WASM_HAS_SIMD_SUPPORT', false)
    const tensors = await open('wasm')
    await expectRight(await tensors.load(network))
    tf.env().set('WASM_HAS_SIMD_SUPPORT', simd)
    expect(tensors.status).toMatchObject({ backend: 'wasm', threads: 1, reason: expect.stringContaining('no SIMD') })
    expect(tensors.status.steps).toEqual([{ from: 'wasm', to: 'wasm', reason: expect.stringContaining('no SIMD') }])
  })
})
