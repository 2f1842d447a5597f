import { deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { SottoError } from '../../src/shared/errors'
import { nameOf, storageError } from './faults'
import { MIGRATIONS, type Migration, migrate } from './migrations'

/** How long to wait for a database before memory stands in for it. Milliseconds. */
export type OpenWaits = {
  /** After the browser said that another connection is in the way: those that can let go do so at once. */
  readonly blockedMs: number
  /** Without a word: the browser does not say so when an opening queues behind a deletion; a slow disk must not count as one. */
  readonly silentMs: number
}

export const OPEN_WAITS: OpenWaits = { blockedMs: 3_000, silentMs: 10_000 }

export type OpenOptions = {
  /** Whether a database that does not exist is made; otherwise `undefined` comes back and none is left behind. */
  readonly create: boolean
  /** The connection is no longer usable: closed for a newer version or a deletion that waits for it, or lost. */
  readonly onGone: () => void
  readonly waits?: OpenWaits
  readonly migrations?: readonly Migration[]
}

/**
 * Opens a database at the current version, walking it up where it is older.
 *
 * The connection closes by itself as soon as another tab wants to delete or upgrade the database; running transactions finish first.
 *
 * @throws SottoError `storage-refused`, `storage-blocked`, `storage-newer`, `storage-quota`; `internal` where a migration failed, which
 *   leaves the database as it was.
 */
export async function openDatabase<Schema>(
  name: string,
  { create, onGone, waits = OPEN_WAITS, migrations = MIGRATIONS }: OpenOptions,
): Promise<IDBPDatabase<Schema> | undefined> {
  let outcome: 'missing' | 'failed' | undefined
  let reason: unknown
  const wait = deadline(name, waits)
  try {
    const opening = openDB<Schema>(name, migrations.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        // idb's promise of the transaction rejects when it is aborted; the opening itself then does too, and that one is awaited.
        transaction.done.catch(() => {})
        const abort = (why: 'missing' | 'failed', thrown?: unknown) => {
          outcome = why
          reason = thrown
          try {
            transaction.abort()
          } catch {
            // A failed request has aborted it already.
          }
        }
        // Aborting the creation of a database leaves none.
        if (oldVersion === 0 && !create) return abort('missing')
        // Migrations know nothing of the current schema.
        const untyped = database as unknown as IDBPDatabase<unknown>
        const running = transaction as unknown as IDBPTransaction<unknown, string[], 'versionchange'>
        // idb does not wait for this: without the abort a failure would leave the new version with half of its stores.
        migrate(untyped, running, oldVersion, migrations).catch((thrown) => abort('failed', thrown))
      },
      blocked: wait.blocked,
      blocking: (_current, _wanted, event) => {
        ;(event.target as IDBDatabase).close() // the event's target is the connection
        onGone()
      },
      terminated: onGone,
    })
    // Comes too late when the wait is over: left open, it would stand in the way of others.
    opening.then((database) => wait.isOver() && database.close()).catch(() => {})
    return await Promise.race([opening, wait.over])
  } catch (thrown) {
    if (outcome === 'missing') return undefined
    if (outcome === 'failed') throw storageError('internal', name, reason)
    throw openingError(name, thrown)
  } finally {
    wait.end()
  }
}

/**
 * Deletes a database; one that does not exist is deleted already, and where there is no IndexedDB there is none.
 * @throws SottoError `storage-blocked` where another connection stays; the browser deletes the database when that closes.
 */
export async function deleteDatabase(name: string, waits: OpenWaits = OPEN_WAITS): Promise<void> {
  const wait = deadline(name, waits)
  try {
    if (!globalThis.indexedDB) return
    await Promise.race([deleteDB(name, { blocked: wait.blocked }), wait.over])
  } catch (thrown) {
    // An origin that may not have databases has none to delete.
    if (nameOf(thrown) !== 'SecurityError') throw openingError(name, thrown)
  } finally {
    wait.end()
  }
}

function openingError(name: string, thrown: unknown): SottoError {
  if (thrown instanceof SottoError) return thrown
  switch (nameOf(thrown)) {
    case 'VersionError':
      return storageError('storage-newer', name, thrown)
    case 'QuotaExceededError':
      return storageError('storage-quota', name, thrown)
    default:
      return storageError('storage-refused', name, thrown)
  }
}

/** `over` rejects with `storage-blocked` when the wait is over; `end` calls it off. */
function deadline(name: string, { blockedMs, silentMs }: OpenWaits) {
  let timer: ReturnType<typeof setTimeout>
  let isOver = false
  let giveUp: () => void
  const over = new Promise<never>((_, reject) => {
    giveUp = () => {
      isOver = true
      reject(storageError('storage-blocked', name))
    }
    timer = setTimeout(giveUp, silentMs)
  })
  const blocked = () => {
    clearTimeout(timer)
    timer = setTimeout(giveUp, blockedMs)
  }
  return { over, blocked, isOver: () => isOver, end: () => clearTimeout(timer) }
}
