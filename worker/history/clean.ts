import { eventIdPrefix } from '../../src/shared/event-id'
import {
  type DropReason,
  EVENT_NAMES,
  type EventName,
  type EventParams,
  type IncomingEvent,
  type StoredEvent,
} from '../../src/shared/events'
import { FUTURE_SLACK_MS } from '../../src/shared/limits'
import { applyRules, EVENT_RULES } from './rules'
import type { Tally } from './tally'

/** An event that may be kept, not yet in a session. */
export type CleanEvent = Omit<StoredEvent, 'session'>

/** The cleaned event with what was left out of it, or why the whole event is left out. */
export type Cleaned = { readonly event: CleanEvent; readonly tally: Tally } | { readonly reason: DropReason }

const NAMES: ReadonlySet<unknown> = new Set(EVENT_NAMES)
/** What `eventId` makes. The digits before the suffix must also agree with the event's time: deletion by age is by id. */
const ID_SHAPE = /^[0-9a-z]{9}[\w-]{1,40}$/

/**
 * Turns what the page sent into an event fit to keep: GA4's fields only, numbers in range, texts of bounded length.
 *
 * @param incoming of any shape: nothing is taken for granted, and nothing thrown.
 * @param now ms since 1970; an event more than `FUTURE_SLACK_MS` after it is dropped as `future-time`.
 * @param oldest ms since 1970; an event before it is dropped as `expired`.
 */
export function clean(incoming: IncomingEvent, now: number, oldest: number): Cleaned {
  try {
    const { id, name, time, params } = incoming
    if (!NAMES.has(name) || !isTime(time) || !isIdOf(id, time)) return { reason: 'malformed-event' }
    if (time > now + FUTURE_SLACK_MS) return { reason: 'future-time' }
    if (time < oldest) return { reason: 'expired' }
    const fields = params ?? {}
    if (typeof fields !== 'object' || Array.isArray(fields)) return { reason: 'malformed-event' }
    const tally: Tally = {}
    // Every field of it went through its rule, and there are no others.
    const kept = applyRules(fields, EVENT_RULES, tally) as EventParams
    return { event: { ...kept, id, name, time }, tally }
  } catch {
    // Not an object, or one whose own reading throws.
    return { reason: 'malformed-event' }
  }
}

/** A stored event as it was when it arrived, to append it to another store: its session is found anew there. */
export function toIncoming({ id, name, time, session: _, ...params }: StoredEvent): {
  id: string
  name: EventName
  time: number
  params: EventParams
} {
  return { id, name, time, params }
}

function isTime(time: unknown): time is number {
  return typeof time === 'number' && time >= 0 && Number.isFinite(time)
}

function isIdOf(id: unknown, time: number): id is string {
  return typeof id === 'string' && ID_SHAPE.test(id) && id.startsWith(eventIdPrefix(time))
}
