/// <reference path="./kernel.d.ts" />
import { relaxedSimd, simd } from './assembly/index?kernel'

/** Which instructions score: relaxed SIMD multiplies 16 bytes at a time, plain SIMD widens them first. */
export type KernelVariant = 'relaxed-simd' | 'simd'

const BINARIES: Readonly<Record<KernelVariant, string>> = { 'relaxed-simd': relaxedSimd, simd }

/** The kernel's modules, each compiled at most once. */
export class KernelModules {
  readonly #modules = new Map<KernelVariant, WebAssembly.Module | undefined>()
  #isWarm = false
  #refusal: { readonly thrown: unknown } | undefined

  /** Compiles the fastest one beside other work, so that `module` has it ready. Never rejects: `module` says what is wrong. */
  async warm(): Promise<void> {
    if (this.#isWarm) return
    this.#isWarm = true
    try {
      const bytes = fromHex(BINARIES['relaxed-simd'])
      this.#modules.set('relaxed-simd', WebAssembly.validate(bytes) ? await WebAssembly.compile(bytes) : undefined)
    } catch (thrown) {
      this.#refusal = { thrown }
    }
  }

  /**
   * Compiled in place where it is not ready: well under a millisecond.
   * @returns `undefined` where processor or browser lack the instructions.
   * @throws whatever the browser does where a content policy forbids it, or it has no WebAssembly.
   */
  module(variant: KernelVariant): WebAssembly.Module | undefined {
    // Asked again, a browser would report the breach of its policy again.
    if (this.#refusal) throw this.#refusal.thrown
    if (!this.#modules.has(variant)) {
      const bytes = fromHex(BINARIES[variant])
      this.#modules.set(variant, WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined)
    }
    return this.#modules.get(variant)
  }
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const { fromHex: native } = Uint8Array as { fromHex?: (text: string) => Uint8Array<ArrayBuffer> } // newer than TypeScript's types
  if (native) return native.call(Uint8Array, text)
  const bytes = new Uint8Array(text.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16)
  return bytes
}
