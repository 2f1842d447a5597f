import type { DBSchema, IDBPDatabase } from 'idb'
import type { StoredEvent } from '../../src/shared/events'
import type { Checkpoint } from '../history/checkpoint'

/** Events by `id`, and so by time: see `eventId`. */
export const EVENTS = 'events'
export const EVENTS_KEY_PATH = 'id'
/** Holds the checkpoint, under `CHECKPOINT_KEY`, and what else is known of the visitor in small records, by `NoteKey`. */
export const CHECKPOINT = 'checkpoint'
export const CHECKPOINT_KEY = 'current'
/** `ranker`: what the visitor's choices taught the ranker. */
export type NoteKey = 'ranker'

/** Version 1 of the history's database. Fields may be added without a new version, so that an older SDK still opens it. */
export interface HistorySchema1 extends DBSchema {
  [EVENTS]: { key: string; value: StoredEvent }
  /** Validated by `readCheckpoint`: another version of Sotto may have written it. */
  [CHECKPOINT]: { key: typeof CHECKPOINT_KEY | NoteKey; value: Checkpoint | object }
}

export type HistorySchema = HistorySchema1
export type HistoryDatabase = IDBPDatabase<HistorySchema>

/** Name of the history's database; every other database of the namespace is named `sotto:<namespace>:…`. */
export function historyDatabase(namespace: string): string {
  return `sotto:${namespace}`
}

/** Name of the database of what leaves, see `signals/`: deleted with the history. */
export function signalsDatabase(namespace: string): string {
  return `${historyDatabase(namespace)}:signals`
}

/**
 * Name of the database of the privacy budget. It does not begin as the others do: a budget that could be had back by forgetting would protect nobody.
 */
export function budgetDatabase(namespace: string): string {
  return `sotto-budget:${namespace}`
}
