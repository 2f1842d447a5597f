import { eventIdPrefix } from '../../src/shared/event-id'
import type { HistoryQuery, StoredEvent } from '../../src/shared/events'
import { limitOf, matches } from '../history/matches'
import { EVENTS, type HistoryDatabase } from './schema'

/** Events read at once: a few requests for the whole history, and little read in vain for a short answer. */
const PAGE_COUNT = 256

/** Events that the query selects, newest first. One readonly transaction. `oldest`: events before this time are expired and not given. */
export async function queryEvents(database: HistoryDatabase, query: HistoryQuery, oldest: number): Promise<StoredEvent[]> {
  const events = database.transaction(EVENTS).store
  const limit = limitOf(query)
  const found: StoredEvent[] = []
  // Keys are cheap to read whole, and tell where each page from the end begins: a cursor is a message an event.
  const keys = await events.getAllKeys(since(Math.max(oldest, query.since ?? 0)))
  for (let end = keys.length; end > 0 && found.length < limit; end -= PAGE_COUNT) {
    const page = await events.getAll(IDBKeyRange.bound(keys[Math.max(0, end - PAGE_COUNT)], keys[end - 1]))
    for (let index = page.length - 1; index >= 0 && found.length < limit; index--) {
      if (matches(page[index]!, query)) found.push(page[index]!)
    }
  }
  return found
}

/** Every event from `oldest` on, oldest first. */
export function allEvents(database: HistoryDatabase, oldest: number): Promise<StoredEvent[]> {
  return database.getAll(EVENTS, since(oldest))
}

function since(time: number): IDBKeyRange {
  return IDBKeyRange.lowerBound(eventIdPrefix(time))
}
