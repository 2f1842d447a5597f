import type { Failure } from '../../src/shared/errors'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from '../../src/shared/events'
import type { Checkpoint } from '../history/checkpoint'
import type { NoteKey } from './schema'

/** The history of one namespace, wherever it is kept. The real one is IndexedDB; memory stands in for it. */
export interface HistoryStore {
  readonly kind: 'indexeddb' | 'memory'
  /** Why memory stands in for the disk, where it does. May appear later, when a full disk forces it. */
  readonly fault: Failure | undefined
  /** The checkpoint as of now, other tabs' appends included. */
  checkpoint(): Promise<Checkpoint>
  /**
   * Cleans, deduplicates, puts into sessions and stores a batch with the checkpoint it leads to, in one transaction; resolves when the
   * transaction is done. One receipt an event, in order. Batches that arrive while a transaction runs are joined into the next one.
   * @param replayed look each id up first: it may have been stored by a page or worker that did not live to hear so.
   */
  append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]>
  /** Newest first. */
  query(query: HistoryQuery): Promise<readonly StoredEvent[]>
  /** Every event, oldest first. */
  all(): Promise<readonly StoredEvent[]>
  /**
   * A small record beside the events, gone with them.
   * @param change gets what is kept (`undefined` where nothing is, else to be checked) and gives what is to be kept, in one transaction: other
   *   tabs change it too. Not called while there is no event: a record of before `wipe` must not outlive it. Absent: nothing changes.
   * @returns what is kept then.
   */
  note(key: NoteKey, change?: (kept: unknown) => object): Promise<unknown>
  /** Waits for running appends, then deletes the whole database. The store can be used again and starts empty. */
  wipe(): Promise<void>
  /** Waits for running appends, then lets go of the connection. */
  close(): Promise<void>
}

export type HistoryOptions = {
  readonly namespace: string
  readonly maxAgeMs: number
  readonly maxEvents: number
  /** Milliseconds since 1970. */
  readonly now: () => number
}
