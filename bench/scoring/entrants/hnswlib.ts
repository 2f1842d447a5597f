import { loadHnswlib } from 'hnswlib-wasm'
import type { Dataset } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** Links an item, and candidates looked at while building and while searching: with more, builds take minutes. */
const HNSW = { links: 16, efConstruction: 100, efSearch: 100 }
const SEED = 1

/** hnswlib-wasm: approximate, by a graph of neighbours that is built first. */
export async function hnswlib({ floats, items, dim }: Dataset): Promise<Searcher> {
  const library = await loadHnswlib()
  const index = new library.HierarchicalNSW('ip', dim, '')
  index.initIndex(items, HNSW.links, HNSW.efConstruction, SEED)
  for (let item = 0; item < items; item++) index.addPoint(floats.slice(item * dim, (item + 1) * dim), item, false)
  index.setEfSearch(HNSW.efSearch)
  const about = { parameters: `${HNSW.links} links an item, efConstruction ${HNSW.efConstruction}, efSearch ${HNSW.efSearch}` }
  return { one: (query) => index.searchKnn(query, TOP, undefined).neighbors, about }
}
