import { SottoError } from '../../src/shared/errors'
import type { Backend, ComputeStatus, StepDown } from '../../src/shared/status'
import type { TopK, VectorIndex } from './vector-index'

/** A `VectorIndex`, and what `status()` shows of it. */
export type ScoringIndex = VectorIndex & Pick<ComputeStatus, 'variant' | 'adapter'>

/**
 * One rung above others: `upper` answers as long as it can. The request in which it fails, and all after it, are answered by `lower`.
 * What callers hold outlives whatever it runs on.
 */
export class SteppingIndex implements VectorIndex {
  readonly count: number
  readonly dim: number
  #upper: ScoringIndex | undefined
  #isDisposed = false
  readonly #lower: ScoringIndex | SteppingIndex
  readonly #onStep: (step: StepDown<Backend>) => void

  /**
   * Answers by `lower` until it is given something better.
   * @param lower owned from here on.
   * @param onStep told of each failure that moved work down; not of one after `dispose`.
   */
  constructor(lower: ScoringIndex | SteppingIndex, onStep: (step: StepDown<Backend>) => void) {
    this.count = lower.count
    this.dim = lower.dim
    this.#lower = lower
    this.#onStep = onStep
  }

  /** Who would answer now. */
  get answering(): ScoringIndex {
    if (this.#upper) return this.#upper
    return this.#lower instanceof SteppingIndex ? this.#lower.answering : this.#lower
  }

  get backend(): Backend {
    return this.answering.backend
  }

  /** Puts `upper`, owned from here on, in the place of what answered before, which is disposed; `undefined` leaves it to `lower`. */
  setUpper(upper: ScoringIndex | undefined): void {
    const before = this.#upper
    this.#upper = upper
    before?.dispose()
    if (this.#isDisposed) upper?.dispose()
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    const used = this.#upper
    if (used) {
      try {
        return await used.topK(queries, k, excluded)
      } catch (thrown) {
        this.#stepDown(used, thrown)
      }
    }
    return this.#lower.topK(queries, k, excluded)
  }

  scoreRows(query: Float32Array, rows: Int32Array, out: Float32Array): void {
    const used = this.#upper
    if (used) {
      try {
        used.scoreRows(query, rows, out)
        return
      } catch (thrown) {
        this.#stepDown(used, thrown)
      }
    }
    this.#lower.scoreRows(query, rows, out)
  }

  /** Frees all rungs. Requests under way, and later ones, are still answered, from below where a disposed rung refuses. */
  dispose(): void {
    this.#isDisposed = true
    this.#upper?.dispose()
    this.#lower.dispose()
  }

  /** @throws what was thrown, where the caller is to blame. Everything else is the device's, its driver's or the memory's. */
  #stepDown(used: ScoringIndex, thrown: unknown): void {
    if (thrown instanceof SottoError && thrown.code === 'invalid-argument') throw thrown
    // Concurrent requests fail together; the first one changes over.
    if (this.#upper !== used) return
    this.setUpper(undefined)
    if (!this.#isDisposed) this.#onStep({ from: used.backend, to: this.backend, reason: messageOf(thrown) })
  }
}

/** What was thrown, in words; where a policy forbids WebAssembly, with the remedy: browsers name a word that allows far more. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  return text.includes('unsafe-eval') ? `${text}; allow 'wasm-unsafe-eval'` : text
}
