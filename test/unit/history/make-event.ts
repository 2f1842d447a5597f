import { eventId } from '../../../src/shared/event-id'
import type { EventName, EventParams, IncomingEvent } from '../../../src/shared/events'

/** A plausible moment; tests pass time in. */
export const NOW = Date.UTC(2026, 4, 1, 12)
export const MINUTE = 60_000
export const DAY = 86_400_000

/** Makes events with unique ids, reproducibly; `tab` keeps those of several makers apart. */
export function eventMaker(tab = 'a'): (time: number, name: EventName, params?: EventParams) => IncomingEvent {
  let sequence = 0
  return (time, name, params = {}) => {
    sequence++
    return { id: eventId(time, () => `${tab}${sequence}`, sequence), name, time, params }
  }
}

/** `view_item` of each item, `stepMs` apart, the last at `until`. */
export function views(count: number, until = NOW, stepMs = 2_000, tab = 'v'): IncomingEvent[] {
  const make = eventMaker(tab)
  return Array.from({ length: count }, (_, index) =>
    make(until - (count - 1 - index) * stepMs, 'view_item', { items: [{ item_id: `sku-${index}` }] }),
  )
}
