import { SottoError } from '../../src/shared/errors'
import type { Backend } from '../../src/shared/status'
import { JsIndex } from './js-index'
import type { TopK, VectorIndex, VectorMatrix } from './vector-index'

/** A `VectorIndex` that outlives its device: the request in which it fails, and all after it, are answered by plain JavaScript. */
export class ResilientIndex implements VectorIndex {
  readonly count: number
  readonly dim: number
  private isDisposed = false

  /**
   * @param inner the index that may fail; owned from here on.
   * @param onFailure told once, with the failure's message.
   */
  constructor(
    private inner: VectorIndex,
    private readonly matrix: VectorMatrix,
    private readonly onFailure: (reason: string) => void,
  ) {
    this.count = inner.count
    this.dim = inner.dim
  }

  get backend(): Backend {
    return this.inner.backend
  }

  async topK(queries: Float32Array, k: number, excluded?: Uint32Array): Promise<readonly TopK[]> {
    const used = this.inner
    try {
      return await used.topK(queries, k, excluded)
    } catch (thrown) {
      if (!(thrown instanceof SottoError && thrown.code === 'compute-failed')) throw thrown
      // Concurrent requests fail together; the first one changes over.
      if (this.inner === used) {
        this.inner = new JsIndex(this.matrix)
        used.dispose()
        if (!this.isDisposed) this.onFailure(thrown.message)
      }
      return this.inner.topK(queries, k, excluded)
    }
  }

  dispose(): void {
    this.isDisposed = true
    this.inner.dispose()
  }
}
