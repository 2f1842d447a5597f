import * as tf from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ComputeStatus } from '../../src/shared/status'
import { bitsetLength, setBit } from '../../worker/compute/bitset'
import { chooseIndex } from '../../worker/compute/choose-index'
import { JsIndex } from '../../worker/compute/js-index'
import type { VectorIndex, VectorMatrix } from '../../worker/compute/vector-index'
import { createWebGpuIndex } from '../../worker/compute/webgpu-index'
import { randomMatrix, randomQueries } from '../support/reference-top-k'

const open: VectorIndex[] = []

async function onGpu(matrix: VectorMatrix) {
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw new Error('this Chromium has no WebGPU adapter; it must be started with --enable-unsafe-webgpu')
  const index = await createWebGpuIndex(adapter, matrix)
  open.push(index)
  return index
}

/** The device that tfjs runs on, to be broken on purpose. */
function device(): GPUDevice {
  // Our backend is the registered one, and it carries its device.
  return (tf.findBackend('webgpu') as unknown as { device: GPUDevice }).device
}

afterEach(() => {
  for (const index of open.splice(0)) index.dispose()
  // Whatever happened in a test, nothing stays on the GPU.
  expect(tf.engine().state.numTensors).toBe(0)
})

describe('WebGpuIndex', () => {
  test('runs on an adapter, printed here', async () => {
    const index = await onGpu(randomMatrix(100, 16, 1))
    console.info(`WebGPU adapter: ${index.adapter}`)
    expect(index.backend).toBe('webgpu')
    expect(index.adapter).not.toBe('')
  })

  test.each([
    [1, 1],
    [2, 3],
    [33, 8],
    [34, 8],
    [65, 5],
    [257, 64],
    [1000, 129],
    [1025, 128],
    [4097, 31],
    [10_001, 128],
  ])('ranks %i × %i exactly as plain JavaScript, and leaks nothing', async (count, dim) => {
    const matrix = randomMatrix(count, dim, count + dim)
    const index = await onGpu(matrix)
    const plain = new JsIndex(matrix)
    const excluded = new Uint32Array(bitsetLength(count))
    for (let i = 0; i < count; i += 3) setBit(excluded, i)
    const tensors = tf.engine().state.numTensors
    for (const [queryCount, k] of [
      [1, 1],
      [2, 8],
      [5, 100],
    ] as const) {
      const queries = randomQueries(queryCount, dim, queryCount + count)
      expect(await index.topK(queries, k)).toEqual(await plain.topK(queries, k))
      expect(await index.topK(queries, k, excluded)).toEqual(await plain.topK(queries, k, excluded))
    }
    expect(tf.engine().state.numTensors).toBe(tensors)
  })

  test('the device really proposes: what it holds decides', async () => {
    const matrix = randomMatrix(2000, 32, 9)
    const index = await onGpu(matrix)
    const scan = vi.spyOn(JsIndex.prototype, 'topK')
    expect(await index.topK(randomQueries(1, 32, 2), 8)).toHaveLength(1)
    expect(scan).not.toHaveBeenCalled()
    scan.mockRestore()
    // Changed behind its back, the rows no longer agree with those on the GPU, and that must be noticed.
    matrix.vectors.fill(1)
    await expect(index.topK(randomQueries(1, 32, 2), 8)).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('many items of one score, any size of query, and a query of zeros', async () => {
    const matrix = randomMatrix(3000, 16, 4)
    matrix.vectors.copyWithin(16, 0, 16)
    for (let i = 1; i < 2500; i++) matrix.vectors.copyWithin(i * 16, 0, 16)
    matrix.scales.fill(matrix.scales[0]!, 0, 2500)
    const index = await onGpu(matrix)
    const plain = new JsIndex(matrix)
    for (const size of [0, 1e-20, 1, 1e20]) {
      const queries = randomQueries(3, 16, 5).map((value) => value * size)
      expect(await index.topK(queries, 20)).toEqual(await plain.topK(queries, 20))
    }
  })

  test('scores that differ by less than the device can tell apart', async () => {
    // Each row holds the same values in another order: to a query of equal values they score the same, but float32 sums differ by order.
    const matrix = randomMatrix(1500, 64, 11)
    const values = [...matrix.vectors.subarray(0, 64)].map((value) => value + 20)
    for (let i = 0; i < 1500; i++)
      for (let j = 0; j < 64; j++) matrix.vectors[i * 64 + j] = values[(j * (2 * (i % 32) + 1) + (i >> 5)) % 64]!
    matrix.scales.fill(matrix.scales[0]!)
    const index = await onGpu(matrix)
    const queries = new Float32Array(64).fill(0.3)
    expect(await index.topK(queries, 20)).toEqual(await new JsIndex(matrix).topK(queries, 20))
  })

  test('all or almost all excluded', async () => {
    const matrix = randomMatrix(2000, 8, 6)
    const index = await onGpu(matrix)
    const excluded = new Uint32Array(bitsetLength(2000)).fill(0xffffffff)
    expect((await index.topK(randomQueries(1, 8, 7), 5, excluded))[0]!.indices).toHaveLength(0)
    excluded[3] = 0xfffffffc
    expect([...(await index.topK(randomQueries(1, 8, 7), 5, excluded))[0]!.indices].sort()).toEqual([96, 97])
  })

  test('concurrent calls, and two indexes on one device', async () => {
    const matrices = [randomMatrix(500, 12, 1), randomMatrix(700, 20, 2)] as const
    const indexes = await Promise.all(matrices.map(onGpu))
    const queries = matrices.map(({ dim }) => randomQueries(2, dim, 8))
    const calls = [0, 1, 0, 1, 0].map((which) => indexes[which]!.topK(queries[which]!, 9))
    const expected = await Promise.all(matrices.map((matrix, which) => new JsIndex(matrix).topK(queries[which]!, 9)))
    expect(await Promise.all(calls)).toEqual([0, 1, 0, 1, 0].map((which) => expected[which]))
    indexes[0]!.dispose()
    expect(await indexes[1]!.topK(queries[1]!, 9)).toEqual(expected[1])
  })

  test('refuses a NaN query and leaks nothing by it', async () => {
    const index = await onGpu(randomMatrix(300, 4, 1))
    const tensors = tf.engine().state.numTensors
    await expect(index.topK(new Float32Array(4).fill(Number.NaN), 3)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(tf.engine().state.numTensors).toBe(tensors)
  })

  test('after the device is destroyed it fails with its code; a new index gets a new device', async () => {
    const matrix = randomMatrix(300, 8, 1)
    const queries = randomQueries(1, 8, 1)
    const index = await onGpu(matrix)
    const lost = device().lost
    device().destroy()
    await expect(index.topK(queries, 3)).rejects.toMatchObject({ code: 'compute-failed' })
    await lost
    await expect(index.topK(queries, 3)).rejects.toMatchObject({ code: 'compute-failed' })
    const again = await onGpu(matrix)
    expect(await again.topK(queries, 3)).toEqual(await new JsIndex(matrix).topK(queries, 3))
    index.dispose()
    expect(await again.topK(queries, 3)).toEqual(await new JsIndex(matrix).topK(queries, 3))
  })
})

describe('chooseIndex in a real browser', () => {
  const loadWebGpu = () => import('../../worker/compute/webgpu-index')

  test('a device lost in mid-request: plain JavaScript finishes it, and the change is told', async () => {
    const matrix = randomMatrix(3000, 64, 3)
    const changes: ComputeStatus[] = []
    const onChange = (status: ComputeStatus) => changes.push(status)
    const { index, status } = await chooseIndex({ choice: 'webgpu', matrix, gpu: navigator.gpu, loadWebGpu, onChange })
    open.push(index)
    expect(status).toMatchObject({ requested: 'webgpu', backend: 'webgpu' })
    const queries = randomQueries(3, 64, 4)
    const pending = index.topK(queries, 10)
    device().destroy()
    expect(await pending).toEqual(await new JsIndex(matrix).topK(queries, 10))
    expect(index.backend).toBe('js')
    expect(changes).toMatchObject([{ requested: 'webgpu', backend: 'js', reason: expect.stringMatching(/GPU cannot score/) }])
  })

  test('auto never takes a software adapter', async () => {
    const matrix = { count: 100_001, dim: 128, vectors: new Int8Array(100_001 * 128), scales: new Float32Array(100_001) }
    const { status } = await chooseIndex({ choice: 'auto', matrix, gpu: navigator.gpu, loadWebGpu })
    const adapter = await navigator.gpu.requestAdapter()
    expect(status.backend).toBe(/swiftshader/i.test(`${adapter?.info.vendor} ${adapter?.info.architecture}`) ? 'js' : 'webgpu')
  })

  test('runs in a worker too', async () => {
    const worker = new Worker(new URL('../support/reference-compute-worker.ts', import.meta.url), { type: 'module' })
    const result = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
    })
    worker.terminate()
    expect(result).toMatchObject({ status: { backend: 'webgpu' }, backend: 'webgpu', isEqual: true, best: expect.any(Array) })
  })
})
