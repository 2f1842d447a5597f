import type { SavedHead } from '../store/catalog-schema'
import type { CatalogStore } from '../store/catalog-store'
import type { Fetch } from '../text/fetching'
import { createLiveCatalog } from './live-catalog'
import { packTails } from './plan-from-pack'
import type { Shard } from './shard'

type Timing = { readonly now: () => number; readonly pause: () => Promise<void> }

/**
 * Opens what the disk holds of an address. Fields of items stay there until they are asked for.
 * @param recover has the lines of these ids from elsewhere, when the disk turns out to have lost them.
 * @returns `undefined` where it holds nothing of this address, or nothing sound.
 */
export async function openSaved(
  store: CatalogStore,
  url: string,
  fetch: Fetch,
  recover: (ids: readonly string[], thrown: unknown) => Promise<readonly string[]>,
  timing: Timing,
) {
  const saved = await store.read()
  if (!saved || saved.head.source !== url || !isSound(saved.head)) return undefined
  const { head, checkedAt } = saved
  const { generation, hasThumbnails } = head
  const ids = head.ids.split('\n')
  if (ids.length !== head.count) return undefined
  const shard: Shard = {
    ...head,
    ids,
    lines: (indices) =>
      store.lines(generation, indices).catch((thrown) =>
        recover(
          indices.map((index) => ids[index]!),
          thrown,
        ),
      ),
    // A picture that is gone leaves its place to the item's address of one.
    thumbnails: async (indices) => (hasThumbnails ? store.thumbnails(generation, indices) : indices.map(() => undefined)),
  }
  const plan = {
    contentHash: head.contentHash,
    total: head.total,
    problems: head.problems,
    head: shard,
    ...packTails(url, head.tailFiles, head.dim, fetch),
  }
  return { live: createLiveCatalog(plan, head.loadedTails, timing), checkedAt }
}

/** Whether lengths fit; the values were checked before they were written. */
export function isSound(head: SavedHead): boolean {
  const { count, dim, vectors, scales, categoryOf, unavailable } = head
  return (
    count > 0 &&
    count <= head.total &&
    vectors.length === count * dim &&
    [scales, categoryOf, unavailable].every((array) => array.length === count) &&
    (head.idOrder?.length ?? count) === count &&
    head.loadedTails.length <= head.tailFiles.length
  )
}
