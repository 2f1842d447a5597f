import { createWasmIndex } from '../../test/support/create-wasm-index'
import { quantize } from '../../worker/catalog/quantize'
import { allocateMatrix } from '../../worker/compute/matrix-memory'
import { RefinedIndex } from '../../worker/compute/refined-index'
import type { FineMatrix, VectorIndex, VectorMatrix } from '../../worker/compute/vector-index'
import { type Prepared, serveEntrant } from '../support/entrant'
import type { Dataset } from './dataset'
import { recallOf, referenceTopK } from './reference'
import { TOP } from './searcher'

/** What our own index finds of the best by the float32 originals, 0 to 1: over rows of 16 bits, and by their int8 half alone. */
export type OwnRecall = { readonly fine: number; readonly int8: number }

/** Not timed: says what ours finds, for more queries than are timed. */
async function prepare(_argument: unknown, shared: unknown): Promise<Prepared> {
  const data = shared as Dataset // what dataset-worker.ts made
  return {
    tasks: {
      recall: {
        run() {
          throw new Error('recall is not timed')
        },
        answer: () => ownRecall(data),
      },
    },
  }
}

async function ownRecall(data: Dataset): Promise<OwnRecall> {
  const best = referenceTopK(data.floats, undefined, data.recallQueries, data.dim, TOP)
  const recall = async (index: VectorIndex) => {
    const found = await index.topK(data.recallQueries, TOP)
    index.dispose()
    return recallOf(
      found.map(({ indices }) => [...indices]),
      best,
    )
  }
  const fine = fineRows(data)
  return { fine: await recall(new RefinedIndex(createWasmIndex(fine), fine)), int8: await recall(createWasmIndex(int8Rows(data))) }
}

/** As the catalog makes rows of 16 bits of vectors of norm 1. */
function fineRows({ floats, items: count, dim }: Dataset): FineMatrix {
  const storage = allocateMatrix(count, dim)
  const residuals = new Int8Array(count * dim)
  for (let item = 0; item < count; item++) {
    const from = item * dim
    storage.scales[item] = quantize(floats.subarray(from, from + dim), storage.vectors, from, residuals)
  }
  return { count, dim, ...storage, residuals }
}

/** As a pack without residuals holds them. */
function int8Rows({ vectors, scales, items: count, dim }: Dataset): VectorMatrix {
  const storage = allocateMatrix(count, dim)
  storage.vectors.set(vectors)
  storage.scales.set(scales)
  return { count, dim, ...storage }
}

serveEntrant(prepare)
