import { GpuService } from '../../worker/compute/gpu-service'
import { JsIndex } from '../../worker/compute/js-index'
import type { VectorIndex, VectorMatrix } from '../../worker/compute/vector-index'
import { createWebGpuIndex } from '../../worker/compute/webgpu-index'
import { createWasmIndex } from './create-wasm-index'

export type TestedBackend = { readonly name: string; open(matrix: VectorMatrix): Promise<VectorIndex> }

/**
 * Every way to score, for suites that hold for all of them. In a browser with an adapter, a software one too: what is missing fails.
 * @returns `close` frees the GPU; the indexes are the caller's to dispose of.
 */
export async function openBackends(): Promise<{
  readonly backends: readonly TestedBackend[]
  /** What the GPU says of itself. */
  readonly adapter: string
  close(): void
}> {
  const gpu = new GpuService(navigator.gpu)
  // Held all the time: shaders take long to compile on a software adapter, and they go with the last lease.
  const held = await gpu.lease()
  return {
    backends: [
      { name: 'js', open: async (matrix) => new JsIndex(matrix) },
      { name: 'wasm simd', open: async (matrix) => createWasmIndex(matrix, { variant: 'simd' }) },
      { name: 'wasm relaxed-simd', open: async (matrix) => createWasmIndex(matrix, { variant: 'relaxed-simd' }) },
      { name: 'webgpu', open: async (matrix) => createWebGpuIndex(await gpu.lease(), matrix, new JsIndex(matrix)) },
    ],
    adapter: held.adapter,
    close: () => held.release(),
  }
}

/** Names of `openBackends`, for tables of tests, which are made before anything can be opened. */
export const BACKEND_NAMES = ['js', 'wasm simd', 'wasm relaxed-simd', 'webgpu'] as const
