import { KernelModules, type KernelVariant } from '../../worker/compute/kernel/kernel-modules'
import type { VectorMatrix } from '../../worker/compute/vector-index'
import { openWasmIndex, type WasmIndex } from '../../worker/compute/wasm-index'

export type WasmIndexOptions = {
  /** Only this kernel will do. Default: the fastest that runs here. */
  readonly variant?: KernelVariant
}

/** An index with modules of its own; see `openWasmIndex`, for which the worker keeps them. */
export function createWasmIndex(matrix: VectorMatrix, { variant }: WasmIndexOptions = {}): WasmIndex {
  return openWasmIndex(matrix, new KernelModules(), variant)
}
