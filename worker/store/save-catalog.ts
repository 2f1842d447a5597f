import type { Thumbnail } from '../../src/shared/items'
import { type CatalogDatabase, ITEMS_PER_CHUNK, type SavedHead } from './catalog-schema'

/** Written in one transaction; in between, readers get their turn. */
const CHUNKS_PER_TRANSACTION = 32

/** What a save needs beside the head: read piece by piece, so that a large catalog is never in memory twice. */
export type CatalogContent = {
  readonly textHashes: Float64Array | undefined
  /** Whether the items' fields and pictures are kept too. */
  readonly hasLines: boolean
  lines(from: number, to: number): Promise<readonly string[]>
  thumbnails(from: number, to: number): Promise<readonly (Thumbnail | undefined)[]>
}

/**
 * Replaces what is kept: content first, in several transactions, then the head in one last, so that readers see the old or the new and
 * nothing between. The generation before stays readable, for other tabs that have it open; older ones are deleted. Of two saves at once,
 * the one begun later wins.
 */
export async function saveCatalog(
  database: CatalogDatabase,
  head: Omit<SavedHead, 'generation'>,
  content: CatalogContent,
  checkedAt: number,
): Promise<void> {
  const generation = await reserve(database)
  const step = ITEMS_PER_CHUNK * CHUNKS_PER_TRANSACTION
  for (let start = 0; content.hasLines && start < head.count; start += step) {
    const end = Math.min(start + step, head.count)
    // Read before the transaction begins: it would not survive the wait.
    const lines = await content.lines(start, end)
    const pictures = head.hasThumbnails ? await content.thumbnails(start, end) : []
    await saveContent(database, generation, start, lines, pictures)
  }
  await replaceHead(database, { ...head, generation }, content.textHashes, checkedAt)
}

/** A number no other save has, so that two tabs never write into one another's content. */
async function reserve(database: CatalogDatabase): Promise<number> {
  const tx = database.transaction('numbers', 'readwrite')
  const generation = Number((await tx.store.get('generation')) ?? 0) + 1
  await Promise.all([tx.store.put(generation, 'generation'), tx.done])
  return generation
}

async function saveContent(
  database: CatalogDatabase,
  generation: number,
  start: number,
  lines: readonly string[],
  pictures: readonly (Thumbnail | undefined)[],
): Promise<void> {
  const tx = database.transaction(['lines', 'thumbnails'], 'readwrite', { durability: 'relaxed' })
  const writes: Promise<unknown>[] = [tx.done]
  for (let at = 0; at < lines.length; at += ITEMS_PER_CHUNK) {
    const chunk = (start + at) / ITEMS_PER_CHUNK
    writes.push(tx.objectStore('lines').put(lines.slice(at, at + ITEMS_PER_CHUNK).join('\n'), [generation, chunk]))
  }
  for (const [at, picture] of pictures.entries()) {
    if (picture) writes.push(tx.objectStore('thumbnails').put(picture, [generation, start + at]))
  }
  await Promise.all(writes)
}

async function replaceHead(
  database: CatalogDatabase,
  head: SavedHead,
  textHashes: Float64Array | undefined,
  checkedAt: number,
): Promise<void> {
  const tx = database.transaction(['head', 'hashes', 'lines', 'thumbnails', 'numbers'], 'readwrite', { durability: 'relaxed' })
  const before = await tx.objectStore('head').get('current')
  const writes: Promise<unknown>[] = [tx.done]
  if (!before || before.generation < head.generation) {
    writes.push(tx.objectStore('head').put(head, 'current'), tx.objectStore('numbers').put(checkedAt, 'checkedAt'))
    if (textHashes) writes.push(tx.objectStore('hashes').put(textHashes, head.generation))
    if (before) {
      // A list that is shorter stands before all lists that begin with it: this ends just before the generation replaced now.
      const old = IDBKeyRange.upperBound([before.generation])
      writes.push(
        tx.objectStore('lines').delete(old),
        tx.objectStore('thumbnails').delete(old),
        tx.objectStore('hashes').delete(IDBKeyRange.upperBound(before.generation, true)),
      )
    }
  }
  await Promise.all(writes)
}
