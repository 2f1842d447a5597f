import type { HistoryQuery, StoredEvent } from '../../src/shared/events'
import { DEFAULT_HISTORY_LIMIT, MAX_HISTORY_LIMIT } from '../../src/shared/limits'

/** Whether the event meets every condition of the query, its limit aside. */
export function matches(event: StoredEvent, { type, since, item }: HistoryQuery): boolean {
  if (type !== undefined && event.name !== type) return false
  if (since !== undefined && event.time < since) return false
  return item === undefined || event.items?.some(({ item_id }) => item_id === item) === true
}

/** How many events a query may give at most. */
export function limitOf({ limit = DEFAULT_HISTORY_LIMIT }: HistoryQuery): number {
  return Math.min(Math.max(limit, 0), MAX_HISTORY_LIMIT)
}
