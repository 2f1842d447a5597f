import { SottoError } from '../../src/shared/errors'
import type { ComputeChoice, ComputeStatus } from '../../src/shared/status'
import { describeAdapter, isSoftware, probeAdapter } from './adapter'
import { JsIndex } from './js-index'
import { ResilientIndex } from './resilient-index'
import type { VectorIndex, VectorMatrix } from './vector-index'

/** Multiply-adds a query up to which plain JavaScript answers in about 5 ms: loading tfjs alone costs six to ten times that. */
const SMALL_WORK = 50_000 * 128

export type IndexOptions = {
  readonly choice: ComputeChoice
  readonly matrix: VectorMatrix
  /** `navigator.gpu`, where the browser has it. */
  readonly gpu: GPU | undefined
  /** `() => import('./webgpu-index')`: called only when a GPU is to be used. */
  readonly loadWebGpu: () => Promise<{
    createWebGpuIndex(adapter: GPUAdapter, matrix: VectorMatrix): Promise<VectorIndex & { readonly adapter: string }>
  }>
  /** Told when the device is lost later on and plain JavaScript has taken over. */
  readonly onChange?: (status: ComputeStatus) => void
}

/**
 * Decides who scores a matrix. `js`: plain JavaScript. `webgpu`: the GPU, a software one too. `auto`: plain JavaScript for up to about
 * 50,000 × 128, else the GPU unless it is a software one. Where the GPU cannot, plain JavaScript does and the reason says why.
 * @returns the index, and what `status()` shows of it.
 */
export async function chooseIndex(options: IndexOptions): Promise<{ readonly index: VectorIndex; readonly status: ComputeStatus }> {
  const { choice: requested, matrix, gpu, loadWebGpu, onChange } = options
  const onJs = (reason: string): ComputeStatus => ({ requested, backend: 'js', reason })
  const plain = (reason: string) => ({ index: new JsIndex(matrix), status: onJs(reason) })
  switch (requested) {
    case 'js':
      return plain('requested')
    case 'auto':
      if (matrix.count * matrix.dim <= SMALL_WORK) return plain(`${matrix.count} × ${matrix.dim} is small work`)
      break
    case 'webgpu':
      break
    default:
      throw unknownChoice(requested)
  }
  if (!gpu) return plain('this browser has no WebGPU')
  try {
    const adapter = await probeAdapter(gpu)
    if (!adapter) return plain('WebGPU has no adapter here')
    if (requested === 'auto' && isSoftware(adapter)) return plain(`${describeAdapter(adapter)} is no faster than plain JavaScript`)
    const { createWebGpuIndex } = await loadWebGpu()
    const onGpu = await createWebGpuIndex(adapter, matrix)
    const index = new ResilientIndex(onGpu, matrix, (reason) => onChange?.(onJs(reason)))
    const reason = requested === 'auto' ? `${matrix.count} × ${matrix.dim} is large work` : 'requested'
    return { index, status: { requested, backend: 'webgpu', reason, adapter: onGpu.adapter } }
  } catch (thrown) {
    return plain(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function unknownChoice(choice: never): SottoError {
  return new SottoError('invalid-argument', `compute is ${String(choice)}, expected auto, webgpu or js`)
}
