import type { CatalogSource } from '../../src/shared/contract'
import { SottoError } from '../../src/shared/errors'
import { VECTOR_DIMS } from '../../src/shared/limits'
import type { SavedHead } from '../store/catalog-schema'
import type { CatalogStore } from '../store/catalog-store'
import type { KnownVectors } from './encode-items'
import type { ShardContent } from './growing-catalog'
import { hash53 } from './hash53'
import { endsOf, orderIds } from './id-order'
import { itemLine } from './item-line'
import type { LiveCatalog } from './live-catalog'
import { isSound } from './open-saved'
import type { Slices } from './slices'

/** Who may open it again: a list given by the page is only good for its vectors. */
function sourceKey(source: CatalogSource): string {
  return source.kind === 'url' ? source.url : ''
}

/** The vectors of a saved head, where they were made of texts, with the hashes of these; whatever the source they came from. */
export async function readKnownVectors(store: CatalogStore, head: SavedHead): Promise<KnownVectors | undefined> {
  const hashes = head.dim === VECTOR_DIMS && isSound(head) ? await store.textHashes(head.generation) : undefined
  if (hashes?.length !== head.count) return undefined
  return { rowOf: new Map(Array.from(hashes, (hash, row) => [hash, row])), vectors: head.vectors, scales: head.scales }
}

/**
 * Keeps a catalog, or as much of a pack as is in; nothing is written where the disk has just that already. Of a list given by the page
 * only vectors and ids are kept: the page brings the rest along at every start.
 * @param isWanted asked first and between steps; false ends it.
 */
export async function saveLive(
  store: CatalogStore,
  source: CatalogSource,
  live: LiveCatalog,
  checkedAt: number,
  isWanted: () => boolean,
  slices: Slices,
): Promise<void> {
  if (!isWanted()) return
  const { current, plan, loadedTails } = live
  const shards = live.shards.slice()
  const { count, dim, total } = current
  const textHashes = joinHashes(shards, count)
  const hasLines = source.kind === 'url'
  const contentHash = hasLines || !textHashes ? plan.contentHash : hash53(new Uint8Array(textHashes.buffer))
  const before = (await store.read())?.head
  // What would not be opened again is as good as not kept.
  const isKept = before?.source === sourceKey(source) && before.contentHash === contentHash && before.count === count && isSound(before)
  if (isKept || !isWanted()) return

  const head = {
    source: sourceKey(source),
    contentHash,
    total,
    count,
    dim,
    // Copies: a view would take the whole buffer behind it along.
    vectors: current.vectors.slice(),
    scales: current.scales.slice(),
    ...(current.residuals && { residuals: current.residuals.slice() }),
    categoryOf: current.categoryOf.slice(),
    unavailable: Uint8Array.from({ length: count }, (_, index) => (current.unavailable[index >>> 5]! >>> (index & 31)) & 1),
    ids: current.ids.join('\n'),
    idEnds: endsOf(current.ids),
    idOrder: orderIds(current.ids),
    paths: current.paths,
    hasThumbnails: shards.some((shard) => shard.hasThumbnails),
    tailFiles: plan.tailFiles,
    ...(plan.partFiles && { partFiles: plan.partFiles }),
    // Shards of a list have no files to be had from, and all of them are in.
    loadedTails: plan.tailFiles.length > 0 ? loadedTails : [],
    problems: plan.problems,
  }
  const content = {
    textHashes,
    hasLines,
    async lines(from: number, to: number) {
      await slices.breathe()
      if (!isWanted()) throw new SottoError('closed', 'Catalog: not saved, because it was replaced or the disk must not be used')
      return linesOf(shards, from, to)
    },
    thumbnails: (from: number, to: number) => current.thumbnails(range(from, to)),
  }
  await store.save(head, content, checkedAt)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}

function joinHashes(shards: readonly ShardContent[], count: number): Float64Array<ArrayBuffer> | undefined {
  const joined = new Float64Array(count)
  let start = 0
  for (const { textHashes, count: own } of shards) {
    if (!textHashes) return undefined
    joined.set(textHashes, start)
    start += own
  }
  return joined
}

/** Lines of the items from index `from` up to but not `to`, across shards. */
async function linesOf(shards: readonly ShardContent[], from: number, to: number): Promise<readonly string[]> {
  const lines: string[] = []
  let start = 0
  for (const shard of shards) {
    const first = Math.max(from - start, 0)
    const last = Math.min(to - start, shard.count)
    if (first < last) lines.push(...(await shard.items(range(first, last))).map(itemLine))
    start += shard.count
  }
  return lines
}
