import type { Item } from '../../src/shared/items'
import { createCategoryTable } from './category-table'
import { listIds } from './id-list'
import type { Shard } from './shard'

/**
 * Puts cleaned items and their vectors together.
 * @param encoded vectors [items.length, dim], scales [items.length] and what else goes with them; kept, not copied.
 */
export function shardFromItems(
  items: readonly Item[],
  dim: number,
  encoded: Pick<Shard, 'vectors' | 'scales' | 'residuals' | 'textHashes'>,
): Shard {
  const table = createCategoryTable()
  return {
    ...encoded,
    count: items.length,
    dim,
    ids: listIds(items.map((item) => item.id)),
    categoryOf: Uint16Array.from(items, (item) => table.indexOf(item.categories)),
    paths: table.paths,
    unavailable: Uint8Array.from(items, (item) => Number(item.available === false)),
    items: async (indices) => indices.map((index) => items[index]!),
    hasThumbnails: false,
    thumbnails: async (indices) => indices.map(() => undefined),
  }
}
