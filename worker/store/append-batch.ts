import { type IDBPObjectStore, unwrap } from 'idb'
import type { StoredEvent, TrackReceipt } from '../../src/shared/events'
import { type Arrival, intake } from '../history/intake'
import { lookupRanges } from '../history/lookup-ranges'
import { excess } from '../history/retention'
import type { HistoryOptions } from './history-store'
import { readCheckpoint } from './read-checkpoint'
import { retain } from './retain'
import { CHECKPOINT, CHECKPOINT_KEY, EVENTS, type HistoryDatabase, type HistorySchema } from './schema'
import { type HistoryStores, transact } from './transact'

type EventStore = IDBPObjectStore<HistorySchema, HistoryStores, typeof EVENTS, 'readwrite'>

/** Share of the events that goes when the disk is full, before one more attempt. */
const QUOTA_SHARE = 0.1

/**
 * Stores a batch, the checkpoint it leads to and the deletions it calls for in one transaction. The checkpoint is read within it, since
 * other tabs append too. Events are added, never put: an id that is there already makes the transaction fail as a whole with a
 * ConstraintError, which costs nothing while it does not happen; the caller then comes again with `lookUp`.
 *
 * @param lookUp read the ids around all arrivals first, not only those around replayed ones.
 * @throws whatever ended the transaction; nothing is stored then.
 */
export async function appendBatch(
  database: HistoryDatabase,
  arrivals: readonly Arrival[],
  lookUp: boolean,
  { now, maxAgeMs, maxEvents }: HistoryOptions,
): Promise<readonly TrackReceipt[]> {
  return transact(database, async (transaction) => {
    const events = transaction.objectStore(EVENTS)
    const readAround = async (some: readonly Arrival[]): Promise<StoredEvent[]> => {
      const ranges = lookupRanges(some).map(({ from, to }) => events.getAll(IDBKeyRange.bound(from, to, false, true)))
      return (await Promise.all(ranges)).flat()
    }
    const [checkpoint, near] = await Promise.all([
      readCheckpoint(transaction),
      readAround(lookUp ? arrivals : arrivals.filter(({ replayed }) => replayed)),
    ])
    const time = now()
    const run = (stored: readonly StoredEvent[]) => intake(checkpoint, arrivals, { now: time, maxAgeMs, outcome: 'stored', stored })
    let result = run(near)
    if (!lookUp && (await isAnyStored(events, result.receipts))) result = run(await readAround(arrivals))
    // Past idb: a promise an event would cost as much as storing it, and a failure ends the transaction anyway.
    const raw = unwrap(events)
    for (const event of result.kept) raw.add(event)
    const next = await retain(transaction, result.checkpoint, {
      now: time,
      oldest: time - maxAgeMs,
      surplus: (count) => excess(count, maxEvents),
    })
    unwrap(transaction.objectStore(CHECKPOINT)).put(next, CHECKPOINT_KEY)
    return result.receipts
  })
}

/** Deletes a tenth of the events, the oldest, in a transaction of its own. @returns how many. */
export async function makeRoom(database: HistoryDatabase, { now, maxAgeMs }: HistoryOptions): Promise<number> {
  return transact(database, async (transaction) => {
    const checkpoint = await readCheckpoint(transaction)
    const time = now()
    const left = await retain(transaction, checkpoint, {
      now: time,
      oldest: time - maxAgeMs,
      surplus: (count) => Math.ceil(count * QUOTA_SHARE),
    })
    unwrap(transaction.objectStore(CHECKPOINT)).put(left, CHECKPOINT_KEY)
    return checkpoint.count - left.count
  })
}

/** Whether what passes for a duplicate of something is that very event, sent again. */
async function isAnyStored(events: EventStore, receipts: readonly TrackReceipt[]): Promise<boolean> {
  const doubtful = receipts.filter(({ reason }) => reason === 'duplicate-event' || reason === 'duplicate-transaction')
  const keys = await Promise.all(doubtful.map(({ id }) => events.getKey(id)))
  return keys.some((key) => key !== undefined)
}
