import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu'
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul'
import { topKConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/TopK'
import * as tf from '@tensorflow/tfjs-core'
import { SottoError } from '../../src/shared/errors'
import { describeAdapter } from './adapter'
import { hasBit } from './bitset'
import { checkQuery } from './check-query'
import { exactScore } from './exact-score'
import { errorBound, penalties, scaledRows, unitRows } from './float-rows'
import { JsIndex } from './js-index'
import { norm } from './row-vectors'
import { TopList } from './top-list'
import type { TopK, VectorIndex, VectorMatrix } from './vector-index'

// The only file that imports tfjs: it is loaded by `import()` when a GPU is to be used, and by nothing else. The three kernels below and
// what they call are all that is bundled; the package's own entry would register every kernel it has.
for (const kernel of [addConfig, batchMatMulConfig, topKConfig]) tf.registerKernel(kernel)

/** The name under which kernels and backend meet in tfjs' registry. */
const BACKEND_NAME = 'webgpu'
/** Items proposed beyond k, so that the head that is scored again surely holds the best k: one more round on the device costs more. */
const MARGIN = 32
const WIDEN_FACTOR = 4
/** Beyond so many proposals a plain scan of the matrix is no slower. */
const MAX_PROPOSALS = 4096

/** A tfjs backend on a device of ours, that knows when the device is lost and how many indexes use it. */
class OwnBackend extends WebGPUBackend {
  lost: string | undefined
  users = 0
  readonly adapterName: string

  constructor(device: GPUDevice, adapter: GPUAdapter) {
    super(device, adapter.info)
    this.adapterName = describeAdapter(adapter)
    // Never rejects. A lost device otherwise shows in nothing but wrong results: old tensors read as zeros.
    void device.lost.then(({ reason, message }) => {
      this.lost = message || reason
    })
  }
}

/** A `VectorIndex` through tfjs on WebGPU: the device proposes, the CPU scores the proposals again and proves that none is missing. */
class WebGpuIndex implements VectorIndex {
  readonly backend = 'webgpu'
  readonly count: number
  readonly dim: number
  /** The GPU's own description. */
  readonly adapter: string
  /** Norm of the longest row; the device holds all rows divided by it, so that its scores lie in [-1, 1]. */
  private readonly maxNorm: number
  private items: tf.Tensor2D | undefined

  constructor(
    private readonly own: OwnBackend,
    private readonly matrix: VectorMatrix,
  ) {
    this.count = matrix.count
    this.dim = matrix.dim
    this.adapter = own.adapterName
    const { rows, maxNorm } = scaledRows(matrix)
    this.maxNorm = maxNorm
    this.items = tf.tensor2d(rows, [this.count, this.dim])
    own.users++
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    const queryCount = checkQuery(this, queries, k, excluded)
    const results: (TopK | undefined)[] = new Array<TopK | undefined>(queryCount).fill(undefined)
    const limit = Math.min(this.count - 1, MAX_PROPOSALS)
    for (let width = k + MARGIN; width <= limit; width *= WIDEN_FACTOR) {
      const open = results.flatMap((result, q) => (result ? [] : [q]))
      if (!open.length) break
      const vectors = open.map((q) => queries.subarray(q * this.dim, (q + 1) * this.dim))
      const proposals = await this.propose(vectors, width, excluded)
      for (const [slot, q] of open.entries()) results[q] = this.confirm(vectors[slot]!, k, excluded, proposals[slot]!)
    }
    // What the device cannot settle (few items, or very many of nearly one score) is scanned.
    const scan = new JsIndex(this.matrix)
    return Promise.all(
      results.map(async (result, q) => result ?? (await scan.topK(queries.subarray(q * this.dim, (q + 1) * this.dim), k, excluded))[0]!),
    )
  }

  dispose(): void {
    if (!this.items) return
    this.items.dispose()
    this.items = undefined
    if (--this.own.users > 0) return
    if (tf.findBackend(BACKEND_NAME) === this.own) tf.removeBackend(BACKEND_NAME)
    this.own.device.destroy()
  }

  /** The `width` best of each query by the device's own arithmetic, best first. Every tensor made here is freed here. */
  private async propose(queries: readonly Float32Array[], width: number, excluded?: Uint32Array): Promise<readonly Proposals[]> {
    const { items, own } = this
    if (!items || own.lost) throw failed(own.lost ?? 'the index was disposed')
    const { device } = own
    // All commands are given in one task, so that error scopes of concurrent calls cannot mix.
    device.pushErrorScope('out-of-memory')
    device.pushErrorScope('validation')
    let made: { values: tf.Tensor; indices: tf.Tensor } | undefined
    const reads: Promise<unknown>[] = []
    try {
      made = tf.tidy(() => {
        const scores = tf.matMul(tf.tensor2d(unitRows(queries), [queries.length, this.dim]), items, false, true)
        return tf.topk(excluded ? tf.add(scores, tf.tensor2d(penalties(excluded, this.count), [1, this.count])) : scores, width)
      })
      reads.push(made.values.data(), made.indices.data())
    } catch (thrown) {
      reads.push(Promise.reject(thrown))
    }
    const scopes = [device.popErrorScope(), device.popErrorScope()]
    const [read, errors] = await Promise.all([Promise.allSettled(reads), Promise.allSettled(scopes)])
    made?.values.dispose()
    made?.indices.dispose()
    const problem =
      [...read, ...errors].find((result) => result.status === 'rejected')?.reason ??
      errors.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []))[0]
    if (problem) throw failed(problem instanceof Error || problem instanceof GPUError ? problem.message : String(problem), problem)
    if (own.lost) throw failed(own.lost)
    const [values, indices] = read.map((result) => (result.status === 'fulfilled' ? result.value : undefined))
    if (!(values instanceof Float32Array && indices instanceof Int32Array)) throw failed('its results have the wrong type')
    return queries.map((_, q) => ({
      scores: values.subarray(q * width, (q + 1) * width),
      indices: indices.subarray(q * width, (q + 1) * width),
    }))
  }

  /**
   * Scores proposals exactly. What was not proposed has a device score of at most the last proposal's, so an exact score of at most that
   * plus the error bound: if the k-th best exact score is above it, nothing is missing.
   * @returns `undefined` where that cannot be shown and more must be proposed.
   * @throws SottoError `compute-failed` where device and CPU differ by more than arithmetic explains.
   */
  private confirm(query: Float32Array, k: number, excluded: Uint32Array | undefined, proposed: Proposals): TopK | undefined {
    const { dim, matrix } = this
    const { scores, indices } = proposed
    const bound = errorBound(dim)
    const unit = norm(query) * this.maxNorm || 1
    const best = new TopList(k)
    const seen = new Set<number>()
    for (const [slot, index] of indices.entries()) {
      if (!(index >= 0 && index < this.count) || seen.has(index)) throw failed('it proposed an item twice, or one that does not exist')
      seen.add(index)
      if (excluded && hasBit(excluded, index)) continue
      const score = exactScore(query, matrix.vectors, index * dim, dim, matrix.scales[index]!)
      if (!(Math.abs(score / unit - scores[slot]!) <= bound)) throw failed('its scores differ from those computed on the CPU')
      best.offer(index, score)
    }
    const last = indices.length - 1
    const isComplete = (excluded && hasBit(excluded, indices[last]!)) || best.floor / unit > scores[last]! + bound
    return isComplete ? best.toTopK() : undefined
  }
}

type Proposals = { readonly scores: Float32Array; readonly indices: Int32Array }

/**
 * Puts a matrix on the GPU and scores one query there, so that what cannot work fails here and not at the first request.
 * @param adapter not yet used for a device: an adapter gives only one. Left unused where tfjs already runs on a living device of ours.
 * @returns an index whose `dispose` frees the GPU's memory, and the device with the last index on it.
 * @throws SottoError `compute-failed`: no device, too little memory, or wrong results.
 */
export async function createWebGpuIndex(adapter: GPUAdapter, matrix: VectorMatrix): Promise<VectorIndex & { readonly adapter: string }> {
  const own = await livingBackend(adapter, matrix.vectors.length * Float32Array.BYTES_PER_ELEMENT)
  const index = new WebGpuIndex(own, matrix)
  try {
    await index.topK(new Float32Array(matrix.dim).fill(1), 1)
    return index
  } catch (thrown) {
    index.dispose()
    throw thrown
  }
}

/** The backend that tfjs has registered, if it is ours and alive; else a new one on a new device, registered in its place. */
async function livingBackend(adapter: GPUAdapter, bufferBytes: number): Promise<OwnBackend> {
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup } = adapter.limits
  if (bufferBytes > maxStorageBufferBindingSize)
    throw failed(`the catalog needs ${bufferBytes} bytes in one buffer, its limit is ${maxStorageBufferBindingSize}`)
  const known = registered()
  if (known) return known
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup }
  const device = await adapter.requestDevice({ requiredLimits }).catch((thrown: unknown) => {
    throw failed('it gives no device', thrown)
  })
  // Another call may have been first while this one waited.
  const other = registered()
  if (other) {
    device.destroy()
    return other
  }
  const own = new OwnBackend(device, adapter)
  if (tf.findBackend(BACKEND_NAME)) tf.removeBackend(BACKEND_NAME)
  tf.registerBackend(BACKEND_NAME, () => own)
  await tf.setBackend(BACKEND_NAME)
  return own
}

function registered(): OwnBackend | undefined {
  const known = tf.findBackend(BACKEND_NAME)
  return known instanceof OwnBackend && !known.lost ? known : undefined
}

function failed(what: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', `the GPU cannot score: ${what}; plain JavaScript can`, {}, { cause })
}
