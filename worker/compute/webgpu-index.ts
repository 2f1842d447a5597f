import { bitsetLength } from './bitset'
import { checkQuery } from './check-query'
import { BufferSet } from './gpu/buffer-set'
import { confirmProposals } from './gpu/confirm-proposals'
import { gpuFailure } from './gpu/gpu-failure'
import { guarded } from './gpu/guarded'
import { MAX_KEEP } from './gpu/scan-shader'
import { Scanner } from './gpu/scanner'
import { uploadRows } from './gpu/upload-rows'
import type { GpuLease } from './gpu-service'
import { norm } from './row-vectors'
import type { TopK, VectorIndex, VectorMatrix } from './vector-index'

/** Kept by each workgroup beyond k, so that rows of nearly the k-th score are surely all there: one more round on the device costs more. */
const MARGIN = 8
/** Fewer are hardly cheaper. */
const MIN_KEEP = 32
/** Of what all workgroups can keep, the part up to which k is worth a try: the best rows do not lie evenly. */
const MAX_SHARE = 1 / 4

/** What tests set. */
export type WebGpuIndexOptions = {
  /** Most bytes of the matrix in one buffer; larger ones are split. Default: what the device allows. */
  readonly partBytes?: number
}

/** A `VectorIndex` on WebGPU: the device proposes, the CPU scores the proposals again and proves that none is missing. */
class WebGpuIndex implements VectorIndex {
  readonly backend = 'webgpu'
  readonly count: number
  readonly dim: number
  /** The GPU's own description. */
  readonly adapter: string
  private isDisposed = false

  constructor(
    private readonly lease: GpuLease,
    private readonly matrix: VectorMatrix,
    private readonly fallback: VectorIndex,
    private readonly maxNorm: number,
    private readonly scanner: Scanner,
    private readonly buffers: BufferSet,
  ) {
    this.count = matrix.count
    this.dim = matrix.dim
    this.adapter = lease.adapter
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    const queryCount = checkQuery(this, queries, k, excluded)
    if (this.isDisposed) throw gpuFailure('the index was disposed')
    // Copies: the caller's own may change while the device works.
    const vectors = Array.from({ length: queryCount }, (_, q) => queries.slice(q * this.dim, (q + 1) * this.dim))
    const mask = excluded?.slice()
    const results = new Array<TopK | undefined>(queryCount).fill(undefined)
    const unsettled = () => vectors.flatMap((_, q) => (results[q] ? [] : [q]))
    for (const keep of this.widths(k)) {
      const open = unsettled().filter((q) => norm(vectors[q]!) * this.maxNorm > 0)
      if (!open.length) break
      const tops = await this.round(
        open.map((q) => vectors[q]!),
        k,
        keep,
        mask,
      )
      for (const [slot, q] of open.entries()) results[q] = tops[slot]
    }
    // What the device cannot settle: nothing but zeros, very many items of nearly one score, a k of thousands.
    const rest = unsettled()
    if (rest.length) {
      const left = new Float32Array(rest.length * this.dim)
      for (const [slot, q] of rest.entries()) left.set(vectors[q]!, slot * this.dim)
      for (const [slot, top] of (await this.fallback.topK(left, k, mask)).entries()) results[rest[slot]!] = top
    }
    return results.map((result) => result!) // each was settled above
  }

  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void {
    this.fallback.scoreRows(query, rows, out)
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.scanner.dispose()
    this.buffers.freeAll()
    this.lease.release()
  }

  /**
   * Scores a query on the device and compares, alone and beside another one: these are two shaders, compiled here at the same time.
   * @throws SottoError `compute-failed` where anything is wrong.
   */
  async verify(): Promise<void> {
    if (!(this.maxNorm > 0)) return
    // Neighbouring values differ, so that values in the wrong order show.
    const query = Float32Array.from({ length: this.dim }, (_, j) => 1 + (j % 5))
    await Promise.all([[query], [query, query]].map((queries) => this.round(queries, 1, MIN_KEEP, undefined)))
  }

  /** How many each workgroup keeps, round after round. Empty where the device need not try. */
  private widths(k: number): readonly number[] {
    if (k > MIN_KEEP && k > this.scanner.groupTotal * MAX_KEEP * MAX_SHARE) return []
    const width = Math.min(MAX_KEEP, 2 ** Math.ceil(Math.log2(Math.max(MIN_KEEP, k + MARGIN))))
    return width < MAX_KEEP ? [width, MAX_KEEP] : [MAX_KEEP]
  }

  /** One round on the device for queries that are not all zeros. @returns `undefined` for those that it could not settle. */
  private async round(queries: readonly Float32Array[], k: number, keep: number, excluded: Uint32Array | undefined) {
    const { matrix, maxNorm, scanner } = this
    const norms = queries.map(norm)
    const proposals = await scanner.propose(
      queries.map((query, q) => query.map((value) => value / norms[q]!)),
      keep,
      excluded,
    )
    return queries.map((query, q) => confirmProposals({ matrix, query, k, excluded, unit: norms[q]! * maxNorm }, proposals[q]!))
  }
}

/**
 * Puts a matrix on the GPU and scores a query there, so that what cannot work fails here and not at the first request.
 * @param lease the index's own from here on: given back by its `dispose`, and here where this fails.
 * @param matrix kept, not copied: the best are scored again from it. On the device it takes as many bytes once more.
 * @param fallback scans the same matrix for what the device cannot settle. It stays the caller's.
 * @throws SottoError `compute-failed`: too little memory, limits too low, a lost device, or wrong results.
 */
export async function createWebGpuIndex(
  lease: GpuLease,
  matrix: VectorMatrix,
  fallback: VectorIndex,
  options: WebGpuIndexOptions = {},
): Promise<VectorIndex & { readonly adapter: string }> {
  const { maxStorageBufferBindingSize, maxBufferSize } = lease.device.limits
  const buffers = new BufferSet(lease.device)
  let index: WebGpuIndex | undefined
  try {
    const partBytes = Math.min(options.partBytes ?? Number.POSITIVE_INFINITY, maxStorageBufferBindingSize, maxBufferSize)
    const rows = await uploadRows(lease, matrix, partBytes, buffers)
    const scanner = await guarded(lease, async () => new Scanner(lease, rows, matrix.dim, bitsetLength(matrix.count)))
    index = new WebGpuIndex(lease, matrix, fallback, rows.maxNorm, scanner, buffers)
    await index.verify()
    return index
  } catch (thrown) {
    index?.dispose()
    buffers.freeAll()
    lease.release()
    throw thrown
  }
}
