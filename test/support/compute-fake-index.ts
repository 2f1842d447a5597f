import { SottoError } from '../../src/shared/errors'
import type { Backend } from '../../src/shared/status'
import { JsIndex } from '../../worker/compute/js-index'
import type { ScoringIndex } from '../../worker/compute/stepping-index'
import type { VectorMatrix } from '../../worker/compute/vector-index'

export type FakeIndex = ScoringIndex & {
  /** From now on every call fails in its middle, as on a device that was lost. */
  fail(thrown?: unknown): void
  readonly disposals: number
  /** Calls of `topK`. */
  readonly calls: number
}

export const DEVICE_LOST = new SottoError('compute-failed', 'the device was lost')

/**
 * Plain JavaScript dressed as another backend.
 * @param onScan called in each scan, where it costs something.
 */
export function fakeIndex(
  backend: Backend,
  matrix: VectorMatrix,
  { variant, adapter, onScan = () => {} }: Pick<ScoringIndex, 'variant' | 'adapter'> & { readonly onScan?: () => void } = {},
): FakeIndex {
  const inner = new JsIndex(matrix)
  let failure: unknown
  let disposals = 0
  let calls = 0
  return {
    backend,
    count: matrix.count,
    dim: matrix.dim,
    ...(variant && { variant }),
    ...(adapter && { adapter }),
    async topK(queries, k, excluded) {
      calls++
      onScan()
      const result = await inner.topK(queries, k, excluded)
      if (failure !== undefined) throw failure
      return result
    },
    scoreRows(query, rows, out) {
      if (failure !== undefined) throw failure
      inner.scoreRows(query, rows, out)
    },
    dispose() {
      disposals++
    },
    fail(thrown = DEVICE_LOST) {
      failure = thrown
    },
    get disposals() {
      return disposals
    },
    get calls() {
      return calls
    },
  }
}
