import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { bitsetLength, setBit } from '../../worker/compute/bitset'
import { type GpuLease, GpuService } from '../../worker/compute/gpu-service'
import { JsIndex } from '../../worker/compute/js-index'
import type { VectorIndex, VectorMatrix } from '../../worker/compute/vector-index'
import { createWebGpuIndex, type WebGpuIndexOptions } from '../../worker/compute/webgpu-index'
import { randomMatrix, randomQueries, seededRandom } from '../support/reference-top-k'
import { tamperedDevice } from '../support/tampered-device'

/** `GPUBufferUsage.INDEX` and `GPUBufferUsage.STORAGE`. */
const USAGE_INDEX = 0x10
const USAGE_STORAGE = 0x80

/** For what a software adapter computes for seconds, on a machine that has other work too. */
const SLOW_MS = 180_000

const { createBuffer } = GPUDevice.prototype
const { destroy } = GPUBuffer.prototype

const open: VectorIndex[] = []
const leases: GpuLease[] = []
let service = new GpuService(navigator.gpu)
/** Where one device serves several tests: shaders take long to compile on a software adapter. */
let held: GpuLease | undefined
/** Bytes of the buffers that are on the device now, and how many were ever made there. */
let buffers: { live: Map<GPUBuffer, number>; made: number }

async function lease(): Promise<GpuLease> {
  const given = await service.lease()
  leases.push(given)
  return given
}

async function onGpu(matrix: VectorMatrix, options: WebGpuIndexOptions & { fallback?: VectorIndex } = {}) {
  const index = await createWebGpuIndex(await lease(), matrix, options.fallback ?? new JsIndex(matrix), options)
  open.push(index)
  return index
}

/** In place of a fallback: fails the test that needs one. */
function noFallback(matrix: VectorMatrix): VectorIndex {
  const fallback = new JsIndex(matrix)
  vi.spyOn(fallback, 'topK').mockRejectedValue(new Error('the device was to settle this'))
  return fallback
}

/** A bitset of the items for which `isExcluded` holds. */
function mask(count: number, isExcluded: (index: number) => boolean): Uint32Array {
  const bits = new Uint32Array(bitsetLength(count))
  for (let i = 0; i < count; i++) if (isExcluded(i)) setBit(bits, i)
  return bits
}

beforeEach(() => {
  if (!held) service = new GpuService(navigator.gpu)
  buffers = { live: new Map(), made: 0 }
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    buffers.made++
    buffers.live.set(buffer, descriptor.size)
    return buffer
  })
  vi.spyOn(GPUBuffer.prototype, 'destroy').mockImplementation(function (this: GPUBuffer) {
    buffers.live.delete(this)
    return destroy.call(this)
  })
})

afterEach(() => {
  for (const index of open.splice(0)) index.dispose()
  vi.restoreAllMocks()
  // Whatever happened in a test, nothing stays on the GPU, and nobody holds a device.
  expect(buffers.live.size).toBe(0)
  for (const given of leases.splice(0)) expect(typeof given.lost).toBe(held ? 'undefined' : 'string')
})

describe('ranking', () => {
  beforeAll(async () => {
    held = await service.lease()
  })

  afterAll(() => {
    held?.release()
    expect(held?.lost).toBe('it was given back')
    held = undefined
  })

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
    [34, 17],
    [65, 5],
    [255, 64],
    [256, 65],
    [257, 63],
    [1000, 129],
    [1025, 128],
    [4097, 31],
    [10_001, 127],
    [3000, 384],
  ])('ranks %i × %i exactly as plain JavaScript', async (count, dim) => {
    const matrix = randomMatrix(count, dim, count + dim)
    const index = await onGpu(matrix)
    const plain = new JsIndex(matrix)
    const excluded = mask(count, (i) => i % 3 === 0)
    for (const [queryCount, k] of [
      [0, 1],
      [1, 1],
      [2, 8],
      [4, 20],
      [5, 100],
      [9, 300],
    ] as const) {
      const queries = randomQueries(queryCount, dim, queryCount + count)
      expect(await index.topK(queries, Math.min(k, count))).toEqual(await plain.topK(queries, Math.min(k, count)))
      expect(await index.topK(queries, Math.min(k, count), excluded)).toEqual(await plain.topK(queries, Math.min(k, count), excluded))
    }
  })

  test('100,000 × 128, settled by the device', { timeout: SLOW_MS }, async () => {
    const random = seededRandom(7)
    const vectors = Int8Array.from({ length: 100_000 * 128 }, () => Math.floor(random() * 256) - 128)
    const scales = Float32Array.from({ length: 100_000 }, () => 0.001 + random() / 1e5)
    const matrix = { count: 100_000, dim: 128, vectors, scales }
    const index = await onGpu(matrix, { fallback: noFallback(matrix) })
    const queries = randomQueries(2, 128, 3)
    const excluded = mask(100_000, (i) => i % 7 !== 0)
    expect(await index.topK(queries, 20)).toEqual(await new JsIndex(matrix).topK(queries, 20))
    expect(await index.topK(queries.slice(0, 128), 20, excluded)).toEqual(
      await new JsIndex(matrix).topK(queries.slice(0, 128), 20, excluded),
    )
  })

  test('the device really proposes: what it holds decides', async () => {
    const matrix = randomMatrix(2000, 32, 9, 10_000)
    const index = await onGpu(matrix, { fallback: noFallback(matrix) })
    expect(await index.topK(randomQueries(6, 32, 2), 8)).toHaveLength(6)
    // Changed behind its back, the rows no longer agree with those on the GPU, and that must be noticed.
    matrix.vectors.fill(1)
    await expect(index.topK(randomQueries(1, 32, 2), 8)).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('a matrix in several buffers, and a view into a larger memory', async () => {
    const { count, dim, vectors, scales } = randomMatrix(3001, 33, 12)
    const memory = new Int8Array(64 + vectors.length + 99).fill(77)
    memory.set(vectors, 64)
    // Like the rows of a catalog that still grows: more room than rows.
    const matrix = { count, dim, vectors: memory.subarray(64), scales: Float32Array.from([...scales, 9, 9]) }
    const plain = new JsIndex(matrix)
    const chunkBytes = 256 * 36
    for (const partBytes of [chunkBytes, 2 * chunkBytes + 100, 5 * chunkBytes]) {
      const index = await onGpu(matrix, { partBytes })
      const queries = randomQueries(5, dim, 2)
      expect(await index.topK(queries, 20)).toEqual(await plain.topK(queries, 20))
      const excluded = mask(count, (i) => i < 1500)
      expect(await index.topK(queries, 20, excluded)).toEqual(await plain.topK(queries, 20, excluded))
    }
  })

  test('more queries than one dispatch answers', { timeout: SLOW_MS }, async () => {
    const matrix = randomMatrix(33_000, 4, 3, 100_000)
    const index = await onGpu(matrix)
    const queries = randomQueries(18, 4, 8)
    expect(await index.topK(queries, 200)).toEqual(await new JsIndex(matrix).topK(queries, 200))
  })

  test('the largest and smallest int8 values', async () => {
    const random = seededRandom(5)
    for (const values of [[-128], [-128, 127], [-128, -1, 0, 1, 127]]) {
      const vectors = Int8Array.from({ length: 700 * 21 }, () => values[Math.floor(random() * values.length)]!)
      const matrix = { count: 700, dim: 21, vectors, scales: Float32Array.from({ length: 700 }, () => random()) }
      const index = await onGpu(matrix)
      for (const queries of [randomQueries(3, 21, 5), new Float32Array(21).fill(1), new Float32Array(21).fill(-1)])
        expect(await index.topK(queries, 20)).toEqual(await new JsIndex(matrix).topK(queries, 20))
    }
  })

  test('many items of one score, and any size of query', async () => {
    const matrix = randomMatrix(3000, 16, 4)
    for (let i = 1; i < 2500; i++) matrix.vectors.copyWithin(i * 16, 0, 16)
    matrix.scales.fill(matrix.scales[0]!, 0, 2500)
    const index = await onGpu(matrix)
    const plain = new JsIndex(matrix)
    for (const size of [0, 1e-44, 1e-38, 1e-20, 1, 1e20, 3e38]) {
      const queries = randomQueries(3, 16, 5).map((value) => value * size)
      expect(await index.topK(queries, 20)).toEqual(await plain.topK(queries, 20))
      expect(await index.topK(queries, 3000)).toEqual(await plain.topK(queries, 3000))
    }
    expect(
      await index.topK(
        new Float32Array(16).map(() => 3e38),
        20,
      ),
    ).toEqual(
      await plain.topK(
        new Float32Array(16).map(() => 3e38),
        20,
      ),
    )
  })

  test.each([
    ['all tiny', () => 1e-38],
    ['below the normal ones', () => 1e-42],
    ['all huge', () => 3e38],
    ['one huge among small ones', (i: number) => (i === 1234 ? 3e38 : 1e-3)],
    ['zero for most', (i: number) => (i % 100 ? 0 : 0.01)],
    ['all zero', () => 0],
    ['of every size', (i: number) => 10 ** ((i % 70) - 35)],
  ])('scales that are %s', async (_, scale) => {
    const { count, dim, vectors } = randomMatrix(2000, 24, 14)
    const matrix = { count, dim, vectors, scales: Float32Array.from({ length: count }, (__, i) => scale(i)) }
    const index = await onGpu(matrix)
    for (const size of [1e-30, 1, 1e30]) {
      const queries = randomQueries(2, dim, 15).map((value) => value * size)
      expect(await index.topK(queries, 20)).toEqual(await new JsIndex(matrix).topK(queries, 20))
    }
  })

  test('rows of zeros among others, and nothing but zeros', async () => {
    const matrix = randomMatrix(1000, 12, 3)
    matrix.vectors.fill(0, 0, 600 * 12)
    const index = await onGpu(matrix)
    // So that scores above 0 run out and the zeros are wanted.
    const queries = Float32Array.from({ length: 12 }, (_, j) => (j === 3 ? 1 : 0))
    expect(await index.topK(queries, 700)).toEqual(await new JsIndex(matrix).topK(queries, 700))
    const zeros = { ...matrix, vectors: new Int8Array(12_000) }
    const ofZeros = await onGpu(zeros)
    expect([...(await ofZeros.topK(queries, 3))[0]!.indices]).toEqual([0, 1, 2])
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

  test('the best all in one workgroup, and more of one score than it keeps at first', { timeout: SLOW_MS }, async () => {
    const matrix = randomMatrix(33_000, 16, 21, 100_000)
    // Its chunk is one of those that the first workgroup scans; each value another, so that the order is clear.
    for (let i = 0; i < 120; i++) {
      matrix.vectors.fill(127, i * 16, (i + 1) * 16)
      matrix.scales[i] = 1 + i / 100
    }
    const queries = new Float32Array(16).fill(1)
    const index = await onGpu(matrix, { fallback: noFallback(matrix) })
    for (const k of [20, 110]) expect(await index.topK(queries, k)).toEqual(await new JsIndex(matrix).topK(queries, k))
    matrix.scales.fill(1, 0, 120)
    const ofEquals = await onGpu(matrix, { fallback: noFallback(matrix) })
    expect(await ofEquals.topK(queries, 20)).toEqual(await new JsIndex(matrix).topK(queries, 20))
  })

  test('all or almost all excluded', async () => {
    const matrix = randomMatrix(2000, 8, 6)
    const index = await onGpu(matrix)
    expect(
      (
        await index.topK(
          randomQueries(1, 8, 7),
          5,
          mask(2000, () => true),
        )
      )[0]!.indices,
    ).toHaveLength(0)
    const but = mask(2000, (i) => i !== 96 && i !== 97)
    expect([...(await index.topK(randomQueries(1, 8, 7), 5, but))[0]!.indices].sort()).toEqual([96, 97])
    // And none again: what the call before excluded is forgotten.
    const queries = randomQueries(1, 8, 7)
    expect(await index.topK(queries, 5)).toEqual(await new JsIndex(matrix).topK(queries, 5))
  })

  test('no rows: whatever is asked, there is nothing to choose from', async () => {
    const index = await onGpu({ count: 0, dim: 4, vectors: new Int8Array(0), scales: new Float32Array(0) })
    await expect(index.topK(new Float32Array(4), 1)).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  test('scores chosen rows', async () => {
    const matrix = randomMatrix(50, 8, 6)
    const index = await onGpu(matrix)
    const [query, rows] = [randomQueries(1, 8, 7), Int32Array.of(3, 0, 49)]
    const [out, expected] = [new Float32Array(3), new Float32Array(3)]
    index.scoreRows(query, rows, out)
    new JsIndex(matrix).scoreRows(query, rows, expected)
    expect(out).toEqual(expected)
  })

  test('runs in a worker too, and leaves no device behind', async () => {
    const worker = new Worker(new URL('../support/gpu-index-worker.ts', import.meta.url), { type: 'module' })
    const result = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
    })
    worker.terminate()
    expect(result).toMatchObject({ backend: 'webgpu', isEqual: true, best: expect.any(Array), lost: 'it was given back' })
  })
})

describe('sharing', () => {
  test('concurrent calls of different sizes, with and without a mask, on two indexes of one device', { timeout: SLOW_MS }, async () => {
    const matrices = [randomMatrix(5000, 12, 1), randomMatrix(700, 20, 2)] as const
    const indexes = await Promise.all(matrices.map((matrix) => onGpu(matrix)))
    expect(new Set(leases.map(({ device }) => device)).size).toBe(1)
    const calls = Array.from({ length: 12 }, (_, c) => {
      const which = c % 2
      const { dim, count } = matrices[which]!
      return {
        which,
        queries: randomQueries(1 + (c % 7), dim, c),
        k: 1 + 13 * (c % 5),
        excluded: c % 3 ? mask(count, (i) => i % (c + 2) > 0) : undefined,
      }
    })
    const run = (on: readonly VectorIndex[]) =>
      Promise.all(
        calls.map(({ which, queries, k, excluded }) => {
          const [given, bits] = [queries.slice(), excluded?.slice()]
          const result = on[which]!.topK(given, k, bits)
          // The caller's own again.
          given.fill(0)
          bits?.fill(0)
          return result
        }),
      )
    const plain = matrices.map((matrix) => new JsIndex(matrix))
    const expected = await Promise.all(calls.map(({ which, queries, k, excluded }) => plain[which]!.topK(queries, k, excluded)))
    // Again, with buffers there that fit several calls.
    for (let wave = 0; wave < 2; wave++) expect(await run(indexes)).toEqual(expected)
    indexes[0]!.dispose()
    const [, second] = indexes
    expect(await second!.topK(calls[1]!.queries, calls[1]!.k, calls[1]!.excluded)).toEqual(expected[1])
    await expect(indexes[0]!.topK(calls[0]!.queries, 1)).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('buffers are used again', async () => {
    const matrix = randomMatrix(3000, 16, 1)
    const index = await onGpu(matrix)
    const queries = randomQueries(4, 16, 2)
    await index.topK(queries, 20)
    const { made } = buffers
    for (let i = 0; i < 6; i++) await index.topK(queries.subarray(0, (1 + (i % 4)) * 16), 20)
    expect(buffers.made).toBe(made)
  })

  test('shaders are compiled once for all indexes on a device, which goes with the last of them', async () => {
    const matrix = randomMatrix(300, 8, 1)
    const first = await onGpu(matrix)
    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync')
    const second = await onGpu(matrix)
    expect(compile).not.toHaveBeenCalled()
    first.dispose()
    first.dispose()
    expect(leases.map(({ lost }) => lost)).toEqual([undefined, undefined])
    second.dispose()
    expect(leases.map(({ lost }) => lost)).toEqual(['it was given back', 'it was given back'])
    await leases[0]!.device.lost
  })

  test('bytes on the device: at most 1.1 a value', async () => {
    const matrix = randomMatrix(20_480, 128, 1)
    const index = await onGpu(matrix)
    await index.topK(randomQueries(1, 128, 2), 20)
    const onDevice = [...buffers.live.values()].reduce((sum, size) => sum + size, 0)
    expect(onDevice).toBeGreaterThan(matrix.vectors.length)
    expect(onDevice).toBeLessThanOrEqual(1.1 * matrix.vectors.length)
  })
})

describe('what goes wrong is compute-failed, never a result', () => {
  const matrix = randomMatrix(3000, 64, 3)
  const queries = randomQueries(1, 64, 4)

  /** An index on a device some of whose members are replaced. */
  async function onTampered(changes: (device: GPUDevice) => Parameters<typeof tamperedDevice>[1]) {
    const given = await lease()
    const tampered = Object.create(given, { device: { value: tamperedDevice(given.device, changes(given.device)) } }) as GpuLease // inherits all else
    const made = createWebGpuIndex(tampered, matrix, new JsIndex(matrix))
    made.then(
      (index) => open.push(index),
      () => {},
    )
    return made
  }

  test('bad arguments', async () => {
    const index = await onGpu(matrix)
    await expect(index.topK(new Float32Array(64).fill(Number.NaN), 3)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(index.topK(queries, 3001)).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(index.topK(queries, 3, new Uint32Array(3))).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  test.each([0, 1, 5])('the device is lost in mid-request, %i turns after its start', async (turns) => {
    const index = await onGpu(matrix)
    const pending = index.topK(queries, 10)
    const outcome = expect(pending).rejects.toMatchObject({
      code: 'compute-failed',
      message: expect.stringMatching(/^the GPU cannot score/),
    })
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    leases[0]!.device.destroy()
    await outcome
  })

  test('lost between two calls; a new index gets a new device, and the old one does not harm it', async () => {
    const index = await onGpu(matrix)
    const { device } = leases[0]!
    device.destroy()
    // Not yet told that it is lost.
    await expect(index.topK(queries, 3)).rejects.toMatchObject({ code: 'compute-failed' })
    await device.lost
    await expect(index.topK(queries, 3)).rejects.toMatchObject({ code: 'compute-failed' })
    const again = await onGpu(matrix)
    expect(leases[1]!.device).not.toBe(device)
    index.dispose()
    expect(await again.topK(queries, 3)).toEqual(await new JsIndex(matrix).topK(queries, 3))
  })

  test('lost while rows are on their way: the share is given back', async () => {
    const given = await lease()
    const making = createWebGpuIndex(given, matrix, new JsIndex(matrix))
    given.device.destroy()
    await expect(making).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('known to be lost before its results are there, though they look right', async () => {
    let lost: string | undefined
    const index = await createWebGpuIndex(Object.create(await lease(), { lost: { get: () => lost } }), matrix, new JsIndex(matrix))
    open.push(index)
    const { getMappedRange } = GPUBuffer.prototype
    vi.spyOn(GPUBuffer.prototype, 'getMappedRange').mockImplementation(function (this: GPUBuffer, offset, size) {
      lost = 'driver reset'
      return getMappedRange.call(this, offset, size)
    })
    await expect(index.topK(queries, 10)).rejects.toMatchObject({ code: 'compute-failed', message: 'the GPU cannot score: driver reset' })
  })

  test('disposed in mid-request', async () => {
    const index = await onGpu(matrix)
    const pending = index.topK(queries, 10)
    index.dispose()
    const [outcome] = await Promise.allSettled([pending])
    if (outcome.status === 'fulfilled') expect(outcome.value).toEqual(await new JsIndex(matrix).topK(queries, 10))
    else expect(outcome.reason).toMatchObject({ code: 'compute-failed' })
  })

  test('a shader that is not valid', async () => {
    const made = onTampered((device) => ({ createShaderModule: () => device.createShaderModule({ code: 'fn main() { return 1; }' }) }))
    await expect(made).rejects.toMatchObject({ code: 'compute-failed', message: expect.stringMatching(/^the GPU cannot score: ./) })
  })

  test('a validation error in mid-request', async () => {
    let isBroken = false
    const index = await onTampered((device) => ({
      // Buffers that no shader may write into: what is read back is then zeros, and no call says so.
      createBuffer: (descriptor) =>
        device.createBuffer(isBroken && descriptor.usage & USAGE_STORAGE ? { ...descriptor, usage: USAGE_INDEX } : descriptor),
    }))
    expect(await index.topK(queries, 3)).toHaveLength(1)
    isBroken = true
    // More results than the buffers so far can hold.
    await expect(index.topK(queries, 200)).rejects.toMatchObject({ code: 'compute-failed', message: expect.stringMatching(/usage/i) })
  })

  test('a buffer larger than the device allows', async () => {
    const index = onTampered((device) => ({ createBuffer: (descriptor) => device.createBuffer({ ...descriptor, size: 2 ** 50 }) }))
    await expect(index).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('out of memory, as the error scope tells it, while rows go there and in mid-request', async () => {
    let failAt = 'out-of-memory'
    const changes = (device: GPUDevice) => {
      const scopes: GPUErrorFilter[] = []
      const push = device.pushErrorScope.bind(device)
      device.pushErrorScope = (filter) => {
        scopes.push(filter)
        push(filter)
      }
      return {
        popErrorScope: async () => {
          const filter = scopes.pop()
          const found = await device.popErrorScope()
          return filter === failAt ? new GPUOutOfMemoryError('not enough memory') : found
        },
      }
    }
    await expect(onTampered(changes)).rejects.toMatchObject({
      code: 'compute-failed',
      message: expect.stringContaining('not enough memory'),
    })
    failAt = ''
    const index = await onTampered(changes)
    expect(await index.topK(queries, 3)).toHaveLength(1)
    failAt = 'out-of-memory'
    await expect(index.topK(queries, 3)).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('limits too low for a single chunk, or for the scales', async () => {
    await expect(onGpu(matrix, { partBytes: 100 })).rejects.toMatchObject({
      code: 'compute-failed',
      message: expect.stringContaining('a buffer holds 100'),
    })
    const index = onTampered(() => ({ limits: { maxStorageBufferBindingSize: 256 * 4 * 16, maxBufferSize: 2 ** 30 } }))
    await index.then((made) => made.topK(queries, 5)) // 12,000 bytes of scales fit
    const lower = onTampered(() => ({ limits: { maxStorageBufferBindingSize: 8000, maxBufferSize: 2 ** 30 } }))
    await expect(lower).rejects.toMatchObject({ code: 'compute-failed' })
  })

  test('what the device answers is zeros', async () => {
    const index = await onGpu(matrix)
    const { getMappedRange } = GPUBuffer.prototype
    vi.spyOn(GPUBuffer.prototype, 'getMappedRange').mockImplementation(function (this: GPUBuffer, offset, size) {
      return new ArrayBuffer(getMappedRange.call(this, offset, size).byteLength)
    })
    await expect(index.topK(queries, 3)).rejects.toMatchObject({
      code: 'compute-failed',
      message: expect.stringMatching(/proposed an item twice|scores differ/),
    })
    await expect(onGpu(matrix)).rejects.toMatchObject({ code: 'compute-failed', message: expect.stringContaining('arrived there changed') })
  })
})
