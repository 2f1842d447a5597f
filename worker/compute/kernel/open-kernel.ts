/// <reference path="./kernel.d.ts" />
import { SottoError } from '../../../src/shared/errors'
import { layOut, type MatrixMemory } from '../matrix-memory'
import { relaxedSimd, simd } from './assembly/index?kernel'

/** Which instructions score: relaxed SIMD multiplies 16 bytes at a time, plain SIMD widens them first. */
export type KernelVariant = 'relaxed-simd' | 'simd'

/** What the module exports; `assembly/` says what each does. Whole numbers only go in, so that no call makes garbage. */
export type Kernel = {
  agrees(): number
  init(dim: number, scales: number, sums: number, mask: number, thresholds: number): void
  prepare(count: number): void
  begin(query: number, k: number, heaps: number): void
  scan(queryCount: number, from: number, to: number): void
  finish(query: number): void
  scoreRow(row: number): number
}

/** Fastest first. */
const BINARIES = [
  ['relaxed-simd', relaxedSimd],
  ['simd', simd],
] as const satisfies readonly (readonly [KernelVariant, string])[]

/**
 * The fastest kernel that runs here, tied to this memory: compiled at the first call, which takes well under a millisecond, the same one
 * after that. Synchronous.
 * @param forced only this one is tried.
 * @throws SottoError `compute-failed`, with the reason: no SIMD, or a content policy that forbids WebAssembly.
 */
export function openKernel(memory: MatrixMemory, forced?: KernelVariant): { readonly variant: KernelVariant; readonly kernel: Kernel } {
  for (const [variant, text] of BINARIES) {
    if (forced && forced !== variant) continue
    const kernel = (memory.kernels.get(variant) as Kernel | undefined) ?? compile(memory, text) // put there below, and nowhere else
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

/** @returns `undefined` where the processor or the browser lacks the instructions, or computes them otherwise. */
function compile({ memory, capacity, dim }: MatrixMemory, hex: string): Kernel | undefined {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  if (!WebAssembly.validate(bytes)) return
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } })
    const kernel = exports as Kernel // as `assembly/index.ts` exports it
    if (!kernel.agrees()) return
    const { scales, sums, mask, thresholds } = layOut(capacity, dim)
    kernel.init(dim, scales, sums, mask, thresholds)
    return kernel
  } catch (thrown) {
    throw kernelFailed(String(thrown), thrown)
  }
}
