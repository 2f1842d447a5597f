import type { IDBPTransaction } from 'idb'
import { type Checkpoint, EMPTY_CHECKPOINT } from '../history/checkpoint'
import { rebuild } from '../history/rebuild'
import { CHECKPOINT, CHECKPOINT_KEY, EVENTS, type HistorySchema } from './schema'
import type { HistoryStores } from './transact'

/**
 * The stored checkpoint; one that is missing or of another version is rebuilt from the events, in the same transaction, and comes with
 * fields that a version before did not know.
 */
export async function readCheckpoint(transaction: IDBPTransaction<HistorySchema, HistoryStores, IDBTransactionMode>): Promise<Checkpoint> {
  const stored: unknown = await transaction.objectStore(CHECKPOINT).get(CHECKPOINT_KEY)
  if (isCurrent(stored)) return { ...EMPTY_CHECKPOINT, ...stored }
  return rebuild(await transaction.objectStore(EVENTS).getAll())
}

/** Only Sotto writes there: its own version says enough. */
function isCurrent(stored: unknown): stored is Checkpoint {
  return typeof stored === 'object' && stored !== null && 'version' in stored && stored.version === EMPTY_CHECKPOINT.version
}
