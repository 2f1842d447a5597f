import type { VectorMatrix } from './vector-index'

/** Queries that share one pass over the rows: four at a time, by two rows, fill the registers, and more than eight are seldom asked. */
export const PASS_QUERIES = 8
/** Rows whose part of a mask is copied in at a time: a whole mask would not fit beside 100,000 × 64 within 1.1 times the vectors. */
export const WINDOW_ROWS = 8192
const PAGE_BYTES = 65_536
/** One item of a list of the best: its score and its index. */
export const KEY_BYTES = 8
/** Always enough for 8 queries with the best 120 each; what the last page has left over is added. */
const MIN_KEYS = 960
/** Fixed part of a slot; see `kernel/assembly/layout.ts`. */
const SLOT_HEAD_BYTES = 32

/** WebAssembly memory that holds the rows of one matrix; it never grows, so views of it stay valid. */
export type MatrixMemory = {
  readonly memory: WebAssembly.Memory
  /** Rows that fit. */
  readonly capacity: number
  readonly dim: number
  /** What scans it, by variant, once something did: it knows which rows it has summed. Written by `openKernel` alone. */
  readonly kernels: Map<string, WebAssembly.Exports>
}

/** Room for the rows of a matrix: `vectors` is [capacity, dim], `scales` [capacity]; all zeros. */
type MatrixStorage = Pick<VectorMatrix, 'vectors' | 'scales' | 'memory'>

/** Byte offsets in a matrix' memory, where vectors begin at 0; `kernel/assembly/layout.ts` says what lies there. */
export type MatrixLayout = {
  readonly scales: number
  readonly sums: number
  readonly mask: number
  readonly thresholds: number
  /** The first query of a pass; `slotBytes` further lies the next. */
  readonly values: number
  readonly slotBytes: number
  /** Lists of the best, to the end of the memory. */
  readonly heaps: number
}

/** Where things lie in memory for `capacity` rows. */
export function layOut(capacity: number, dim: number): MatrixLayout {
  const padded = align(dim, 32)
  const scales = align(capacity * dim)
  const sums = scales + capacity * Float32Array.BYTES_PER_ELEMENT
  const mask = align(sums + capacity * Int16Array.BYTES_PER_ELEMENT)
  const thresholds = mask + WINDOW_ROWS / 8
  const slots = thresholds + PASS_QUERIES * (Float32Array.BYTES_PER_ELEMENT + padded * Int16Array.BYTES_PER_ELEMENT)
  const slotBytes = SLOT_HEAD_BYTES + padded * Float32Array.BYTES_PER_ELEMENT
  return { scales, sums, mask, thresholds, values: slots + SLOT_HEAD_BYTES, slotBytes, heaps: slots + PASS_QUERIES * slotBytes }
}

/**
 * Makes room for `capacity` rows where every index can scan them without a copy: in WebAssembly's memory, where there is any to be had,
 * else in plain arrays. Takes 6 bytes a row beside the vectors, about 12 KB and what fills the last page of 64 KB.
 * @param capacity at least 0.
 */
export function allocateMatrix(capacity: number, dim: number): MatrixStorage {
  const memory = reserve(capacity, dim)
  if (!memory) return { vectors: new Int8Array(capacity * dim), scales: new Float32Array(capacity) }
  const { buffer } = memory.memory
  return {
    vectors: new Int8Array(buffer, 0, capacity * dim),
    scales: new Float32Array(buffer, layOut(capacity, dim).scales, capacity),
    memory,
  }
}

function reserve(capacity: number, dim: number): MatrixMemory | undefined {
  const pages = Math.ceil((layOut(capacity, dim).heaps + MIN_KEYS * KEY_BYTES) / PAGE_BYTES)
  try {
    return { memory: new WebAssembly.Memory({ initial: pages, maximum: pages }), capacity, dim, kernels: new Map() }
  } catch {
    return // No WebAssembly (ReferenceError), or no memory (RangeError): plain arrays hold the rows, and the index says why it cannot.
  }
}

function align(bytes: number, unit = 16): number {
  return Math.ceil(bytes / unit) * unit
}
