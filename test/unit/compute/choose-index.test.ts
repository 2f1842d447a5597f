import { describe, expect, test } from 'vitest'
import { SottoError } from '../../../src/shared/errors'
import type { ComputeStatus } from '../../../src/shared/status'
import { chooseIndex, type IndexOptions } from '../../../worker/compute/choose-index'
import { JsIndex } from '../../../worker/compute/js-index'
import type { VectorIndex, VectorMatrix } from '../../../worker/compute/vector-index'
import { randomMatrix, randomQueries } from '../../support/reference-top-k'

const SMALL = randomMatrix(40, 8, 1)
/** One item past the limit of small work. */
const LARGE: VectorMatrix = { count: 50_001, dim: 128, vectors: new Int8Array(50_001 * 128), scales: new Float32Array(50_001) }

/** A GPU that hands out an adapter of this name, or none. */
function fakeGpu(name?: string): GPU {
  const info = { vendor: name, architecture: '', device: '', description: '', isFallbackAdapter: false }
  // A fake of the two members that the choice reads.
  return { requestAdapter: async () => (name ? { info } : null) } as unknown as GPU
}

/** Plain JavaScript dressed as a GPU; `lose` makes every later call fail as a lost device does. */
function fakeWebGpu() {
  let isLost = false
  let disposals = 0
  const load: IndexOptions['loadWebGpu'] = async () => ({
    createWebGpuIndex: async (_, matrix): Promise<VectorIndex & { adapter: string }> => {
      const inner = new JsIndex(matrix)
      return {
        backend: 'webgpu',
        count: matrix.count,
        dim: matrix.dim,
        adapter: 'fake',
        topK: async (queries, k, excluded) => {
          const result = await inner.topK(queries, k, excluded)
          if (isLost) throw new SottoError('compute-failed', 'device lost')
          return result
        },
        dispose: () => {
          disposals++
        },
      }
    },
  })
  return {
    load,
    lose: () => {
      isLost = true
    },
    disposals: () => disposals,
  }
}

const neverLoads = () => Promise.reject(new Error('tfjs must not be loaded'))

describe('chooseIndex', () => {
  test.each<[string, Pick<IndexOptions, 'choice' | 'matrix' | 'gpu'>, RegExp]>([
    ['js is plain JavaScript', { choice: 'js', matrix: LARGE, gpu: fakeGpu('nvidia') }, /^requested$/],
    ['auto on small work', { choice: 'auto', matrix: SMALL, gpu: fakeGpu('nvidia') }, /40 × 8 is small work/],
    ['auto without WebGPU', { choice: 'auto', matrix: LARGE, gpu: undefined }, /no WebGPU/],
    ['auto without an adapter', { choice: 'auto', matrix: LARGE, gpu: fakeGpu() }, /no adapter/],
    ['auto with a software adapter', { choice: 'auto', matrix: LARGE, gpu: fakeGpu('google swiftshader') }, /swiftshader is no faster/],
    ['webgpu without WebGPU', { choice: 'webgpu', matrix: SMALL, gpu: undefined }, /no WebGPU/],
    ['webgpu whose chunk does not load', { choice: 'webgpu', matrix: SMALL, gpu: fakeGpu('x') }, /tfjs must not be loaded/],
  ])('%s: js', async (_, options, reason) => {
    const { index, status } = await chooseIndex({ ...options, loadWebGpu: neverLoads })
    expect(index.backend).toBe('js')
    expect(status).toMatchObject({ requested: options.choice, backend: 'js', reason: expect.stringMatching(reason) })
    expect(status.adapter).toBeUndefined()
  })

  test.each<[string, Pick<IndexOptions, 'choice' | 'matrix' | 'gpu'>]>([
    ['auto on large work', { choice: 'auto', matrix: LARGE, gpu: fakeGpu('nvidia') }],
    ['webgpu, on software too', { choice: 'webgpu', matrix: SMALL, gpu: fakeGpu('google swiftshader') }],
  ])('%s: webgpu', async (_, options) => {
    const { index, status } = await chooseIndex({ ...options, loadWebGpu: fakeWebGpu().load })
    expect(index.backend).toBe('webgpu')
    expect(status).toMatchObject({ requested: options.choice, backend: 'webgpu', adapter: 'fake' })
  })

  test('requests in flight when the device is lost are finished by plain JavaScript, and the change is told once', async () => {
    const gpu = fakeWebGpu()
    const changes: ComputeStatus[] = []
    const options = { choice: 'webgpu' as const, matrix: SMALL, gpu: fakeGpu('x'), loadWebGpu: gpu.load }
    const { index } = await chooseIndex({ ...options, onChange: (status) => changes.push(status) })
    const queries = randomQueries(2, 8, 3)
    const expected = await new JsIndex(SMALL).topK(queries, 5)
    const both = [index.topK(queries, 5), index.topK(queries, 5)]
    gpu.lose()
    expect(await Promise.all(both)).toEqual([expected, expected])
    expect(index.backend).toBe('js')
    expect(changes).toEqual([{ requested: 'webgpu', backend: 'js', reason: 'device lost' }])
    expect(gpu.disposals()).toBe(1)
    expect(await index.topK(queries, 5)).toEqual(expected)
  })

  test('a wrong argument is not taken for a lost device', async () => {
    const { index } = await chooseIndex({ choice: 'webgpu', matrix: SMALL, gpu: fakeGpu('x'), loadWebGpu: fakeWebGpu().load })
    await expect(index.topK(new Float32Array(8), 0)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(index.backend).toBe('webgpu')
  })

  test('a device lost after the index was given up is nobody’s news', async () => {
    const gpu = fakeWebGpu()
    const changes: ComputeStatus[] = []
    const options = { choice: 'webgpu' as const, matrix: SMALL, gpu: fakeGpu('x'), loadWebGpu: gpu.load }
    const { index } = await chooseIndex({ ...options, onChange: (status) => changes.push(status) })
    const pending = index.topK(randomQueries(1, 8, 3), 5)
    index.dispose()
    gpu.lose()
    expect(await pending).toHaveLength(1)
    expect(changes).toEqual([])
  })
})
