import type { CatalogDatabase } from './catalog-schema'

const PREFIX = 'part:'

/** A file of what was learned, as it was kept; `undefined` where it was not. */
export async function readPartFile(database: CatalogDatabase | undefined, file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await database?.get('numbers', `${PREFIX}${file}`)
  return bytes instanceof Uint8Array ? (bytes as Uint8Array<ArrayBuffer>) : undefined // what the disk gives back is never shared memory
}

/**
 * Keeps a file of what was learned, and in the same transaction deletes those that the pack does not name any more.
 * @param named all files that it names.
 */
export async function keepPartFile(database: CatalogDatabase, file: string, bytes: Uint8Array, named: readonly string[]): Promise<void> {
  const tx = database.transaction('numbers', 'readwrite', { durability: 'relaxed' })
  const keys = await tx.store.getAllKeys(IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`))
  const wanted = new Set(named.map((name) => `${PREFIX}${name}`))
  const old = keys.filter((key) => !wanted.has(key))
  await Promise.all([...old.map((key) => tx.store.delete(key)), tx.store.put(bytes, `${PREFIX}${file}`), tx.done])
}
