/// <reference path="../voy-search.d.ts" />
import * as bindings from 'voy-search/voy_search_bg.js'
import type { Dataset } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** voy-search: a k-d tree in WebAssembly, exact by Euclidean distance, which for vectors of norm 1 orders as the cosine does. */
export async function voy({ floats, items, dim }: Dataset): Promise<Searcher> {
  const response = fetch('/voy/voy_search_bg.wasm')
  // Its own entry imports the file as a module, which browsers cannot.
  const { instance } = await WebAssembly.instantiateStreaming(response, { './voy_search_bg.js': bindings as never })
  bindings.__wbg_set_wasm(instance.exports)
  const index = new bindings.Voy({
    embeddings: Array.from({ length: items }, (_, item) => ({
      id: String(item),
      title: '',
      url: '',
      embeddings: Array.from(floats.subarray(item * dim, (item + 1) * dim)),
    })),
  })
  return { one: (query) => index.search(query, TOP).neighbors.map(({ id }) => Number(id)) }
}
