import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** `threads`, `simd`: WebAssembly with and without threads. */
export type TfjsBackend = 'threads' | 'simd' | 'cpu'
/** Which side of the product the items stand on: [items, dim] × [dim, 1], or [1, dim] × [dim, items]. */
export type TfjsSide = 'left' | 'right'

/** tfjs: one `matMul`, one `topk`, the indices read back. */
export async function tfjs({ floats, items, dim }: Dataset, backend: TfjsBackend, side: TfjsSide): Promise<Searcher> {
  await start(backend)
  const rows = tf.tensor2d(floats, [items, dim])
  const matrix = side === 'left' ? rows : tf.transpose(rows)
  if (matrix !== rows) rows.dispose()
  const search = (query: Float32Array) =>
    tf.tidy(() => {
      const scores = side === 'left' ? tf.matMul(matrix, tf.tensor2d(query, [dim, 1])) : tf.matMul(tf.tensor2d(query, [1, dim]), matrix)
      return tf.topk(tf.reshape(scores, [items]), TOP).indices
    })
  return {
    one(query) {
      const indices = search(query)
      const found = indices.dataSync()
      indices.dispose()
      return found
    },
    about: { threads: backend === 'threads' ? await threadsOfWasm() : 1 },
  }
}

async function threadsOfWasm(): Promise<number> {
  return (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount()
}

async function start(backend: TfjsBackend): Promise<void> {
  if (backend === 'cpu') {
    await import('@tensorflow/tfjs-backend-cpu')
    await tf.setBackend('cpu')
    return
  }
  const { setThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  setWasmPaths('/tfjs/')
  // Asked for, not promised: it reports how many it took.
  if (backend === 'threads') setThreadsCount(navigator.hardwareConcurrency)
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', backend === 'threads')
  if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend of tfjs did not start')
}
