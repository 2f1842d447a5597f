import type { GpuLease } from '../gpu-service'
import { BufferSet } from './buffer-set'
import type { Proposals } from './confirm-proposals'
import { BUFFER_USAGE, COMPUTE_STAGE } from './flags'
import { guarded } from './guarded'
import { CHUNK_ROWS, wordsPerRow } from './layout'
import { pipelineFor } from './pipeline-for'
import { ReadPool } from './read-pool'
import { MAX_KEEP, type ScanParams, scanShader, type Tile, WIDE_TILE } from './scan-shader'
import type { DeviceRows } from './upload-rows'

/** Workgroups for one part of the matrix: 32,768 rows at a time fill all but the largest GPUs, and each group's results are read back. */
const MAX_GROUPS = 128
/** Results of one dispatch, about: more queries are answered one slice after another. */
const OUT_BYTES = 4 * 2 ** 20
const PAIR_BYTES = 8

type Part = DeviceRows['parts'][number] & { readonly groupCount: number; readonly firstGroup: number; readonly params: GPUBuffer }

/**
 * Runs the scan on the device. Pipelines and buffers are made once and used for all calls, also for calls at the same time: the device does
 * its work in the order in which it is given, and only what is read back needs a buffer of its own.
 */
export class Scanner {
  /** Workgroups in all: so many lists come back for a query. */
  readonly groupTotal: number
  readonly #lease: GpuLease
  readonly #rows: DeviceRows
  readonly #wordCount: number
  readonly #buffers: BufferSet
  readonly #reads: ReadPool
  readonly #parts: readonly Part[]
  readonly #excluded: GPUBuffer
  readonly #layout: GPUBindGroupLayout
  #bound: { readonly queries: GPUBuffer; readonly out: GPUBuffer; readonly groups: readonly GPUBindGroup[] } | undefined

  /** Makes buffers: to be called where errors are `guarded`. @param words of a bitset over all rows. */
  constructor(lease: GpuLease, rows: DeviceRows, dim: number, words: number) {
    const { device } = lease
    const { STORAGE, COPY_DST, UNIFORM } = BUFFER_USAGE
    this.#lease = lease
    this.#rows = rows
    this.#wordCount = wordsPerRow(dim)
    this.#buffers = new BufferSet(device)
    this.#reads = new ReadPool(device)
    this.#excluded = this.#buffers.make(words * 4, STORAGE | COPY_DST)
    let firstGroup = 0
    this.#parts = rows.parts.map((part) => {
      const groupCount = Math.min(MAX_GROUPS, Math.ceil(part.rowCount / CHUNK_ROWS))
      const placed = { ...part, groupCount, firstGroup, params: this.#buffers.make(9 * 4, UNIFORM | COPY_DST) }
      firstGroup += groupCount
      return placed
    })
    this.groupTotal = firstGroup
    this.#layout = bindGroupLayout(device)
  }

  /**
   * The best rows of each workgroup.
   * @param queries each [dim], of norm 1.
   * @param keep as `ScanParams` has it.
   * @param excluded bitset over all rows; absent: none.
   * @returns for each query, in order.
   * @throws SottoError `compute-failed` for whatever goes wrong.
   */
  async propose(queries: readonly Float32Array[], keep: number, excluded: Uint32Array | undefined): Promise<Proposals[]> {
    const sliceTiles = Math.max(1, Math.floor(OUT_BYTES / (this.groupTotal * keep * PAIR_BYTES * WIDE_TILE)))
    const proposals: Proposals[] = []
    for (let first = 0; first < queries.length; first += sliceTiles * WIDE_TILE) {
      proposals.push(...(await this.#scan(queries.slice(first, first + sliceTiles * WIDE_TILE), keep, excluded)))
    }
    return proposals
  }

  /** Calls under way still get what the device has computed by then. */
  dispose(): void {
    this.#buffers.freeAll()
    this.#reads.close()
  }

  async #scan(queries: readonly Float32Array[], keep: number, excluded: Uint32Array | undefined): Promise<Proposals[]> {
    const tile: Tile = queries.length > 1 ? WIDE_TILE : 1
    const pipeline = await pipelineFor(this.#lease, `scan ${tile}`, () => scanShader(tile), bindGroupLayout)
    const queryPairs = this.groupTotal * keep
    const outBytes = queries.length * queryPairs * PAIR_BYTES
    const bytes = await guarded(this.#lease, (device) => {
      const laidOut = layOut(queries, this.#wordCount, tile)
      const bound = this.#bind(device, laidOut.byteLength, outBytes)
      device.queue.writeBuffer(bound.queries, 0, laidOut)
      if (excluded) device.queue.writeBuffer(this.#excluded, 0, excluded)
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      for (const [p, { rowCount, firstRow, groupCount, firstGroup, params }] of this.#parts.entries()) {
        const sizes = [rowCount, firstRow, this.#wordCount, groupCount, firstGroup, this.groupTotal, keep] as const
        const values: ScanParams = [...sizes, queries.length, excluded ? 1 : 0]
        device.queue.writeBuffer(params, 0, new Uint32Array(values))
        pass.setBindGroup(0, bound.groups[p]!)
        pass.dispatchWorkgroups(groupCount, Math.ceil(queries.length / tile))
      }
      pass.end()
      return this.#reads.read(device, encoder, bound.out, outBytes)
    })
    const isWhole = keep === MAX_KEEP && this.#parts.every(({ groupCount, rowCount }) => groupCount * CHUNK_ROWS >= rowCount)
    return queries.map((_, q) => {
      const place = [bytes, q * queryPairs * PAIR_BYTES, queryPairs * 2] as const
      return { keep, isWhole, scores: new Float32Array(...place), rows: new Uint32Array(...place) }
    })
  }

  /** Buffers for queries and results that are large enough: those of the call before, or new ones. */
  #bind(device: GPUDevice, queryBytes: number, outBytes: number) {
    const before = this.#bound
    if (before && before.queries.size >= queryBytes && before.out.size >= outBytes) return before
    this.#buffers.free(before?.queries)
    this.#buffers.free(before?.out)
    const { STORAGE, COPY_DST, COPY_SRC } = BUFFER_USAGE
    const queries = this.#buffers.make(Math.max(before?.queries.size ?? 0, queryBytes), STORAGE | COPY_DST)
    const out = this.#buffers.make(Math.max(before?.out.size ?? 0, outBytes), STORAGE | COPY_SRC)
    const groups = this.#parts.map(({ params, buffer }) => {
      const entries = [params, buffer, this.#rows.scales, queries, this.#excluded, out]
      return device.createBindGroup({
        layout: this.#layout,
        entries: entries.map((bound, binding) => ({ binding, resource: { buffer: bound } })),
      })
    })
    this.#bound = { queries, out, groups }
    return this.#bound
  }
}

/** The same for narrow and wide scans, so that either can use what was bound for the other. */
function bindGroupLayout(device: GPUDevice): GPUBindGroupLayout {
  const types: GPUBufferBindingType[] = ['uniform', ...Array<GPUBufferBindingType>(4).fill('read-only-storage'), 'storage']
  return device.createBindGroupLayout({ entries: types.map((type, binding) => ({ binding, visibility: COMPUTE_STAGE, buffer: { type } })) })
}

/** Queries in the order in which the shader reads them: [ceil(queries / tile), wordCount, tile, 4], zeros where there are none. */
function layOut(queries: readonly Float32Array[], wordCount: number, tile: Tile): Float32Array<ArrayBuffer> {
  const values = new Float32Array(Math.ceil(queries.length / tile) * tile * wordCount * 4)
  for (const [q, query] of queries.entries()) {
    const start = (q - (q % tile)) * wordCount * 4 + (q % tile) * 4
    for (const [j, value] of query.entries()) values[start + (j >> 2) * tile * 4 + (j & 3)] = value
  }
  return values
}
