import { SottoError, type SottoErrorCode } from '../../src/shared/errors'

const MEANINGS = {
  'storage-refused': 'IndexedDB is absent or refuses to open (private mode, policy, opaque origin); events are kept for this page only',
  'storage-blocked': 'another tab holds the database and does not let go; close the other tabs of this site',
  'storage-newer': 'the database was written by a newer Sotto and is left untouched; load that version or call forget()',
  'storage-quota': 'the disk or the quota of this origin is full, after the oldest events were deleted; free some storage',
  'storage-lost': 'the connection to IndexedDB was lost and could not be opened again; reload the page',
  internal: 'the database could not be brought to the current version and stays as it was',
} satisfies Partial<Record<SottoErrorCode, string>>

export type StorageFault = keyof typeof MEANINGS

/** A storage failure in Sotto's words. `database` is its name; the browser's own error goes along as the cause, its name in `details`. */
export function storageError(code: StorageFault, database: string, cause?: unknown): SottoError {
  return new SottoError(code, `${database}: ${MEANINGS[code]}`, { database, cause: nameOf(cause) }, { cause })
}

/** Name of a thrown thing, such as `QuotaExceededError`; empty for what has none. */
export function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : ''
}
