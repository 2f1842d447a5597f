import { SottoError } from '../../../src/shared/errors'
import { layOut, type MatrixMemory } from '../matrix-memory'
import type { KernelModules, KernelVariant } from './kernel-modules'

/** What the module exports; `assembly/` says what each does. Whole numbers only go in, so that no call makes garbage. */
export type Kernel = {
  agrees(): number
  init(dim: number, scales: number, sums: number, mask: number, thresholds: number): void
  prepare(count: number): void
  begin(query: number, k: number, heaps: number): void
  scan(queryCount: number, from: number, to: number): void
  finish(query: number): void
  scoreRows(at: number, count: number): void
}

/** Fastest first. */
const VARIANTS: readonly KernelVariant[] = ['relaxed-simd', 'simd']

/**
 * The fastest kernel that runs here, tied to this memory: compiled at the first call, which takes well under a millisecond, the same one
 * after that. Synchronous.
 * @param forced only this one is tried.
 * @throws SottoError `compute-failed`, with the reason: no SIMD, or a content policy that forbids WebAssembly.
 */
export function openKernel(
  memory: MatrixMemory,
  modules: KernelModules,
  forced?: KernelVariant,
): { readonly variant: KernelVariant; readonly kernel: Kernel } {
  for (const variant of VARIANTS) {
    if (forced && forced !== variant) continue
    const kernel = (memory.kernels.get(variant) as Kernel | undefined) ?? instantiate(memory, modules, variant) // put there below
    if (!kernel) continue
    memory.kernels.set(variant, kernel)
    return { variant, kernel }
  }
  throw kernelFailed(`this browser has no ${forced ?? 'SIMD'} in WebAssembly`)
}

/** @param reason ends the sentence that says what is wrong. */
export function kernelFailed(reason: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', `WebAssembly cannot score: ${reason}`, {}, { cause })
}

/** @returns `undefined` where processor or browser lack the instructions, or compute them otherwise. */
function instantiate({ memory, capacity, dim }: MatrixMemory, modules: KernelModules, variant: KernelVariant): Kernel | undefined {
  try {
    const module = modules.module(variant)
    if (!module) return
    const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernel // as `assembly/index.ts` exports it
    if (!kernel.agrees()) return
    const { scales, sums, mask, thresholds } = layOut(capacity, dim)
    kernel.init(dim, scales, sums, mask, thresholds)
    return kernel
  } catch (thrown) {
    throw kernelFailed(String(thrown), thrown)
  }
}
