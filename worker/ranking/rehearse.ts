import type { Catalog } from '../catalog/catalog'
import type { VectorIndex, VectorMatrix } from '../compute/vector-index'
import { EMPTY_CHECKPOINT, type ItemTouch } from '../history/checkpoint'
import type { RankingContext } from './context'
import { forYou } from './for-you'
import { readTaste } from './taste'

const COUNT = 48
const DIM = 16
const TOUCHED = 12

/**
 * Ranks a made-up catalog and throws the shelf away, so that the code of the first real one is compiled by then: meant for the moments in which
 * a worker that has just started can do nothing but wait for the disk. Takes a few milliseconds, keeps nothing.
 * @param open makes an index as the real one will be made.
 * @param pause between its parts, so that what the disk says is heard in time.
 */
export async function rehearse(
  open: (matrix: VectorMatrix) => VectorIndex,
  pause: () => Promise<void>,
  keywords: RankingContext['keywords'],
): Promise<void> {
  const ids = Array.from({ length: COUNT }, (_, index) => `${index}`)
  const catalog: Catalog = {
    count: COUNT,
    total: COUNT,
    dim: DIM,
    // Any values do, as long as some rows are alike.
    vectors: Int8Array.from({ length: COUNT * DIM }, (_, at) => ((at * at) % 89) - 44),
    scales: new Float32Array(COUNT).fill(0.01),
    ids,
    indexOf: Number,
    paths: [['a'], ['a', 'b']],
    categoryOf: Uint16Array.from(ids, (_, index) => index % 2),
    unavailable: new Uint32Array(2),
    items: async (indices) => indices.map((index) => ({ id: ids[index]!, title: `A thing, ${index}`, categories: [] })),
    thumbnails: async (indices) => indices.map(() => undefined),
  }
  const touch = { time: 0, weight: 1, event: 'view_item', views: 1, inCart: false, bought: false, rejected: false } as const
  const touches = ids.slice(0, TOUCHED).map((id): ItemTouch => ({ ...touch, id }))
  await pause()
  const index = open(catalog)
  const context: RankingContext = {
    catalog,
    index: async () => index,
    checkpoint: { ...EMPTY_CHECKPOINT, touches },
    now: 0,
    encodeQuery: () => Promise.reject(),
    keywords,
    wordIndexes: new WeakMap(),
  }
  await pause()
  readTaste(context, index)
  await pause()
  await forYou({ strategy: 'for-you', limit: 4 }, context)
  index.dispose()
}
