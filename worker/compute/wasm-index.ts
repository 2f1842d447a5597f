import { SottoError } from '../../src/shared/errors'
import { checkQuery, checkRows } from './check-query'
import { scanInJs } from './js-index'
import type { KernelModules, KernelVariant } from './kernel/kernel-modules'
import { type Kernel, kernelFailed, openKernel } from './kernel/open-kernel'
import { allocateMatrix, KEY_BYTES, layOut, type MatrixLayout, PASS_QUERIES, WINDOW_ROWS } from './matrix-memory'
import type { TopK, VectorIndex, VectorMatrix } from './vector-index'

const WINDOW_WORDS = WINDOW_ROWS / 32

/** Where the best items of several queries go: query q's from q * k on, best first, `sizes[q]` of them. Lengths: at least what is asked. */
export type TopKTarget = { readonly indices: Int32Array; readonly scores: Float32Array; readonly sizes: Int32Array }

/** The matrix of an index, with the memory that both are in. */
type StoredMatrix = VectorMatrix & Required<Pick<VectorMatrix, 'memory'>>

/**
 * A `VectorIndex` in WebAssembly with SIMD. The kernel rounds the query, scans the rows in whole numbers, and scores those exactly, in
 * float64, that by its error bound may be among the best: one pass, nothing to widen, the same scores as everywhere to the last bit.
 */
export class WasmIndex implements VectorIndex {
  readonly backend = 'wasm'
  readonly count: number
  readonly dim: number
  private readonly layout: MatrixLayout
  private readonly floats: Float32Array
  private readonly ints: Int32Array
  /** Room for lists of the best, of all queries of a pass together. */
  private readonly keys: number

  constructor(
    private readonly matrix: StoredMatrix,
    private readonly kernel: Kernel,
    readonly variant: KernelVariant,
  ) {
    const { memory, capacity } = matrix.memory
    this.count = matrix.count
    this.dim = matrix.dim
    this.layout = layOut(capacity, matrix.dim)
    this.floats = new Float32Array(memory.buffer)
    this.ints = new Int32Array(memory.buffer)
    this.keys = Math.floor((memory.buffer.byteLength - this.layout.heaps) / KEY_BYTES)
    kernel.prepare(matrix.count)
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    const queryCount = checkQuery(this, queries, k, excluded)
    const length = queryCount * k
    const found = { indices: new Int32Array(length), scores: new Float32Array(length), sizes: new Int32Array(queryCount) }
    this.topKInto(queries, k, found, excluded)
    return Array.from(found.sizes, (size, q) => ({
      indices: found.indices.slice(q * k, q * k + size),
      scores: found.scores.slice(q * k, q * k + size),
    }))
  }

  /**
   * The same, at once and without garbage, for k up to 120 or more; a longer list is made in plain JavaScript.
   * @param target overwritten; beyond `sizes[q]` it keeps what it held.
   */
  topKInto(queries: Float32Array, k: number, target: TopKTarget, excluded?: Uint32Array): void {
    const queryCount = checkQuery(this, queries, k, excluded)
    const { indices, scores, sizes } = target
    if (indices.length < queryCount * k || scores.length < queryCount * k || sizes.length < queryCount) throw tooShort(queryCount, k)
    const atOnce = Math.min(PASS_QUERIES, Math.floor(this.keys / k))
    if (!atOnce) {
      this.scanPlainly(queries, k, target, excluded)
      return
    }
    for (let first = 0; first < queryCount; first += atOnce) {
      const size = Math.min(atOnce, queryCount - first)
      for (let q = 0; q < size; q++) {
        this.setQuery(q, queries, first + q)
        this.kernel.begin(q, k, this.layout.heaps)
      }
      for (let row = 0; row < this.count; row += WINDOW_ROWS) {
        this.setMask(row, excluded)
        this.kernel.scan(size, row, Math.min(this.count, row + WINDOW_ROWS))
      }
      for (let q = 0; q < size; q++) this.finish(q, target, first + q, k)
    }
  }

  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void {
    checkRows(this, query, rows, out)
    const { layout, floats, ints } = this
    floats.set(query, layout.values / Float32Array.BYTES_PER_ELEMENT)
    // In the place of the lists of the best. One call for many rows, and whole arrays at a time: a worker that has just started runs loops in
    // JavaScript, and calls out of them, very slowly.
    const place = layout.heaps / Int32Array.BYTES_PER_ELEMENT
    const room = (this.keys * KEY_BYTES) / Int32Array.BYTES_PER_ELEMENT
    for (let from = 0; from < rows.length; from += room) {
      const some = rows.subarray(from, from + room)
      ints.set(some, place)
      this.kernel.scoreRows(layout.heaps, some.length)
      out.set(floats.subarray(place, place + some.length), from)
    }
  }

  dispose(): void {
    // The memory belongs to the matrix, and goes with it.
  }

  private setQuery(slot: number, queries: Float32Array, query: number): void {
    const { layout, floats, dim } = this
    const to = (layout.values + slot * layout.slotBytes) / Float32Array.BYTES_PER_ELEMENT
    for (let j = 0; j < dim; j++) floats[to + j] = queries[query * dim + j]!
  }

  /** Writes the part of the mask that begins with `row`, each time: other indexes over the same memory write theirs. */
  private setMask(row: number, excluded: Uint32Array | undefined): void {
    const { ints } = this
    const to = this.layout.mask / Int32Array.BYTES_PER_ELEMENT
    const from = row / 32
    if (!excluded) ints.fill(0, to, to + WINDOW_WORDS)
    else for (let word = 0; word < WINDOW_WORDS; word++) ints[to + word] = excluded[from + word] ?? 0
  }

  private finish(slot: number, { indices, scores, sizes }: TopKTarget, query: number, k: number): void {
    this.kernel.finish(slot)
    const from = (this.layout.heaps + slot * k * KEY_BYTES) / Int32Array.BYTES_PER_ELEMENT
    let size = 0
    for (; size < k; size++) {
      const index = this.ints[from + 2 * size]!
      if (index < 0) break
      indices[query * k + size] = index
      scores[query * k + size] = this.floats[from + 2 * size + 1]!
    }
    sizes[query] = size
  }

  private scanPlainly(queries: Float32Array, k: number, target: TopKTarget, excluded: Uint32Array | undefined): void {
    for (const [query, best] of scanInJs(this.matrix, queries, k, excluded).entries()) {
      target.indices.set(best.indices, query * k)
      target.scores.set(best.scores, query * k)
      target.sizes[query] = best.indices.length
    }
  }
}

/**
 * Makes an index over a matrix, synchronously: the kernel is compiled at the first one over its memory, and only rows that are new to the
 * memory are looked at. So a catalog that grows in its memory gets a new index, of more rows, for little.
 * @param matrix scanned in place where it lies in WebAssembly's memory; else copied. Its first `count` rows must not change from now on.
 * @param variant only this kernel will do. Default: the fastest that runs here.
 * @throws SottoError `compute-failed`, with the reason: no WebAssembly, no SIMD, no memory, or a content policy that forbids it.
 */
export function openWasmIndex(matrix: VectorMatrix, modules: KernelModules, variant?: KernelVariant): WasmIndex {
  if (typeof WebAssembly === 'undefined') throw kernelFailed('this browser has none')
  const stored = inMemory(matrix)
  const opened = openKernel(stored.memory, modules, variant)
  return new WasmIndex(stored, opened.kernel, opened.variant)
}

function inMemory(matrix: VectorMatrix): StoredMatrix {
  const { memory: given, count, dim, vectors, scales } = matrix
  if (given) return { memory: given, count, dim, vectors, scales }
  const { memory, ...own } = allocateMatrix(count, dim)
  if (!memory) throw kernelFailed(`no memory for ${count} × ${dim}`)
  own.vectors.set(vectors.subarray(0, count * dim))
  own.scales.set(scales.subarray(0, count))
  return { count, dim, memory, ...own }
}

function tooShort(queryCount: number, k: number): SottoError {
  return new SottoError(
    'invalid-argument',
    `target is too short: ${queryCount} × ${k} indices and scores and ${queryCount} sizes were asked for`,
  )
}
