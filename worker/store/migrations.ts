import type { IDBPDatabase, IDBPTransaction } from 'idb'
import { CHECKPOINT, EVENTS, EVENTS_KEY_PATH } from './schema'

/**
 * One step, from version n − 1 to n. Works on whatever schema the steps before it left, so its types know none. May await requests of
 * the transaction it is given and nothing else: the transaction would be over.
 */
export type Migration = (
  database: IDBPDatabase<unknown>,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>

/** Every step in order; their number is the database's version. A released step is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.createObjectStore(EVENTS, { keyPath: EVENTS_KEY_PATH })
    database.createObjectStore(CHECKPOINT)
  },
]

/** Runs the steps that a database of version `oldVersion` lacks. Rejects with what a step throws; the caller must then abort. */
export async function migrate(
  database: IDBPDatabase<unknown>,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
  oldVersion: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (const [index, step] of migrations.entries()) if (oldVersion < index + 1) await step(database, transaction)
}
