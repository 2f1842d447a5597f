import type { Item } from '../../src/shared/items'
import type { SavedHead } from '../store/catalog-schema'
import type { CatalogStore } from '../store/catalog-store'
import type { Fetch } from '../text/fetching'
import { savedIds } from './id-list'
import { parseItemLine } from './item-line'
import { createLiveCatalog } from './live-catalog'
import { packFiles } from './plan-from-pack'
import type { Shard } from './shard'

type Timing = { readonly now: () => number; readonly pause: () => Promise<void> }

/**
 * Opens what the disk holds of an address. Fields of items stay there until they are asked for.
 * @param recover has the items of these ids from elsewhere, when the disk turns out to have lost them.
 * @returns `undefined` where it holds nothing of this address, or nothing sound.
 */
export async function openSaved(
  store: CatalogStore,
  url: string,
  fetch: Fetch,
  recover: (ids: readonly string[], thrown: unknown) => Promise<readonly Item[]>,
  timing: Timing,
) {
  const saved = await store.read()
  if (!saved || saved.head.source !== url || !isSound(saved.head)) return undefined
  const { head, checkedAt } = saved
  const { generation, hasThumbnails, paths, categoryOf } = head
  const ids = savedIds(head.ids, head.idEnds!, head.idOrder!) // sound heads have both
  const shard: Shard = {
    ...head,
    ids,
    items: (indices) => {
      const wanted = indices.map(ids.at)
      return store.lines(generation, indices).then(
        (lines) => lines.map((line, at) => parseItemLine(line, wanted[at]!, paths[categoryOf[indices[at]!]!]!)),
        (thrown) => recover(wanted, thrown),
      )
    },
    // A picture that is gone leaves its place to the item's address of one.
    thumbnails: async (indices) => (hasThumbnails ? store.thumbnails(generation, indices) : indices.map(() => undefined)),
  }
  const plan = {
    contentHash: head.contentHash,
    total: head.total,
    problems: head.problems,
    head: shard,
    ...packFiles(url, head.tailFiles, head.partFiles, head.dim, fetch),
  }
  return { live: createLiveCatalog(plan, head.loadedTails, timing), checkedAt }
}

/** Whether lengths fit; the values were checked before they were written. */
export function isSound(head: SavedHead): boolean {
  const { count, dim, vectors, residuals = vectors, scales, categoryOf, unavailable } = head
  return (
    count > 0 &&
    count <= head.total &&
    [vectors, residuals].every((array) => array.length === count * dim) &&
    [scales, categoryOf, unavailable].every((array) => array.length === count) &&
    head.idEnds?.at(-1) === head.ids.length &&
    [head.idEnds, head.idOrder].every((array) => array?.length === count) &&
    head.loadedTails.length <= head.tailFiles.length
  )
}
