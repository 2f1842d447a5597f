import { COMPILED_PRODUCTS } from './compiled'

const PAGE_BYTES = 65_536

/** As `products.as` exports it; all are places in memory or counts. */
type Exports = {
  products(a: number, b: number, out: number, countA: number, countB: number, dim: number): void
  flowBack(slopes: number, a: number, b: number, gradA: number, gradB: number, countA: number, countB: number, dim: number): void
}

/** What is used of it; Node has it, its types leave it out. */
type WebAssemblyHere = {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (binary: Uint8Array) => object
  readonly Instance: new (module: object, imports: { readonly env: { readonly memory: object } }) => { readonly exports: unknown }
}

/** All products of two sets of rows, and the gradients back through them, in WebAssembly's memory. */
export class RowProducts {
  /** [countA, dim] and [countB, dim] row-major. */
  readonly a: Float32Array
  readonly b: Float32Array
  /** [countA, countB]: products, or what `flowBack` is given. */
  readonly products: Float32Array
  /** As `a` and `b`. */
  readonly gradientA: Float32Array
  readonly gradientB: Float32Array
  readonly #exports: Exports

  /** @param countB a multiple of 4, as is `dim`. */
  constructor(
    countA: number,
    readonly countB: number,
    readonly dim: number,
  ) {
    const sizes = [countA * dim, countB * dim, countA * countB, countA * dim, countB * dim]
    const bytes = sizes.reduce((sum, size) => sum + size * 4, 0)
    const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyHere } // Node 20 has it
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
    let at = 0
    const views = sizes.map((size) => {
      const view = new Float32Array(memory.buffer, at, size)
      at += size * 4
      return view
    })
    ;[this.a, this.b, this.products, this.gradientA, this.gradientB] = views as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ] // one a size
    const module = new WebAssembly.Module(Buffer.from(COMPILED_PRODUCTS, 'hex'))
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Exports // as `products.as` exports it
  }

  /** Overwrites `products` for the first `count` rows of `a`. */
  multiply(count: number): void {
    const { a, b, products } = this
    this.#exports.products(a.byteOffset, b.byteOffset, products.byteOffset, count, this.countB, this.dim)
  }

  /** Adds to both gradients what flows back where `products` holds the slope of each product; zeros cost next to nothing. */
  flowBack(count: number): void {
    const { a, b, products, gradientA, gradientB } = this
    const from = [products, a, b, gradientA, gradientB].map((view) => view.byteOffset) as [number, number, number, number, number] // as many
    this.#exports.flowBack(...from, count, this.countB, this.dim)
  }
}
