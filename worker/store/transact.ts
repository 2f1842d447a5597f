import { type IDBPTransaction, unwrap } from 'idb'
import { CHECKPOINT, EVENTS, type HistoryDatabase, type HistorySchema } from './schema'

export type HistoryStores = [typeof EVENTS, typeof CHECKPOINT]
export type WriteTransaction = IDBPTransaction<HistorySchema, HistoryStores, 'readwrite'>

/**
 * Runs `work` in one readwrite transaction over both stores and resolves with its value when that is committed. `work` may await the
 * transaction's own requests only. Relaxed durability: committed means handed to the operating system, which survives a crash of page,
 * worker and browser; a power cut in the next seconds may lose it (the strict kind waits for the disk, many times slower).
 *
 * @throws what `work` threw, or the reason for which the browser aborted the transaction (`QuotaExceededError`, `ConstraintError`, …);
 *   nothing is written then. InvalidStateError, at once, where the connection is closed.
 */
export async function transact<T>(database: HistoryDatabase, work: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
  const transaction: WriteTransaction = database.transaction([EVENTS, CHECKPOINT], 'readwrite', { durability: 'relaxed' })
  // idb's own promise rejects with a bare AbortError where a request failed, before the browser has set the reason: not of use here.
  transaction.done.catch(() => {})
  const raw = unwrap(transaction)
  const finished = new Promise<boolean>((resolve) => {
    raw.oncomplete = () => resolve(true)
    raw.onabort = () => resolve(false)
  })
  let value: T
  try {
    value = await work(transaction)
    transaction.commit()
  } catch (thrown) {
    try {
      raw.abort()
    } catch {
      // Aborted already, which is why `work` failed.
    }
    await finished
    throw raw.error ?? thrown
  }
  if (await finished) return value
  throw raw.error ?? new DOMException('The transaction was aborted', 'AbortError')
}
