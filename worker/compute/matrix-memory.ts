import type { VectorMatrix } from './vector-index'

/** WebAssembly memory that holds the rows of one matrix; it never grows, so views of it stay valid. */
export type MatrixMemory = {
  readonly memory: WebAssembly.Memory
  /** Rows that fit. */
  readonly capacity: number
  readonly dim: number
}

/** Room for the rows of a matrix: `vectors` is [capacity, dim], `scales` [capacity]; all zeros. */
export type MatrixStorage = Pick<VectorMatrix, 'vectors' | 'scales' | 'memory'>

/**
 * Makes room for `capacity` rows where every index can scan them without a copy.
 * @param capacity at least 0.
 */
export function allocateMatrix(capacity: number, dim: number): MatrixStorage {
  return { vectors: new Int8Array(capacity * dim), scales: new Float32Array(capacity) }
}
