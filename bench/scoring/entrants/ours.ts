import { createWasmIndex } from '../../../test/support/create-wasm-index'
import { GpuService } from '../../../worker/compute/gpu-service'
import { JsIndex } from '../../../worker/compute/js-index'
import { allocateMatrix } from '../../../worker/compute/matrix-memory'
import type { VectorIndex, VectorMatrix } from '../../../worker/compute/vector-index'
import { type Dataset, QUERIES } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** `none` holds no index and finds nothing: what a worker costs without one. */
export type OurBackend = 'relaxed-simd' | 'simd' | 'js' | 'webgpu' | 'none'

/** Products a query up to which a GPU that is the CPU in disguise answers in a second or so. */
const MOST_ON_SOFTWARE = 100_000 * 128

/** Our own index over the int8 rows, as the engine makes it. */
export async function ours(data: Dataset, backend: OurBackend): Promise<Searcher> {
  switch (backend) {
    case 'relaxed-simd':
    case 'simd':
      return onWasm(data, backend)
    case 'js':
      return viaPromises(new JsIndex(onHeap(data)))
    case 'webgpu':
      return onWebGpu(data)
    case 'none': {
      const nothing = new Int32Array(TOP)
      return { one: () => nothing }
    }
    default:
      throw new Error(`there is no backend ${backend satisfies never}`)
  }
}

/** Through the form that makes no garbage: what a call finds is overwritten by the next. */
function onWasm({ items: count, dim, vectors, scales }: Dataset, variant: 'relaxed-simd' | 'simd'): Searcher {
  const storage = allocateMatrix(count, dim)
  storage.vectors.set(vectors)
  storage.scales.set(scales)
  const index = createWasmIndex({ count, dim, ...storage }, { variant })
  if (index.variant !== variant) throw new Error(`this browser has no ${variant}`)
  const make = (queries: number) => ({
    indices: new Int32Array(queries * TOP),
    scores: new Float32Array(queries * TOP),
    sizes: new Int32Array(queries),
  })
  const single = make(1)
  const several = make(QUERIES)
  return {
    one(query) {
      index.topKInto(query, TOP, single)
      return single.indices
    },
    eight(queries) {
      index.topKInto(queries, TOP, several)
      return several.indices
    },
    about: { wasmBytes: storage.memory?.memory.buffer.byteLength ?? 0 },
  }
}

async function onWebGpu(data: Dataset): Promise<Searcher> {
  const lease = await new GpuService(navigator.gpu).lease()
  const { adapter, isSoftware } = lease
  if (isSoftware && data.items * data.dim > MOST_ON_SOFTWARE) {
    throw new Error(`its results are checked on smaller sizes only (software adapter: ${adapter})`)
  }
  const { createWebGpuIndex } = await import('../../../worker/compute/webgpu-index')
  const matrix = onHeap(data)
  const index = await createWebGpuIndex(lease, matrix, new JsIndex(matrix))
  const untimed = isSoftware ? { untimed: `results checked, not timed (software adapter: ${adapter})` } : {}
  return { ...viaPromises(index), about: { adapter, ...untimed } }
}

function onHeap({ items: count, dim, vectors, scales }: Dataset): VectorMatrix {
  return { count, dim, vectors: new Int8Array(vectors), scales: new Float32Array(scales) }
}

function viaPromises(index: VectorIndex): Searcher {
  return {
    one: async (query) => (await index.topK(query, TOP))[0]!.indices,
    eight: async (queries) => (await index.topK(queries, TOP)).flatMap(({ indices }) => [...indices]),
  }
}
