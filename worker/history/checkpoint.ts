import type { DropReason, EventName } from '../../src/shared/events'

/** What the visitor did with one item, folded over all events that name it. */
export type ItemTouch = {
  readonly id: string
  /** As the event named it: saves reading the item, where the shop sends names along. */
  readonly title?: string
  /** As the event named them, widest first: they speak for an item that the catalog does not hold yet. */
  readonly categories?: readonly string[]
  /** Interest in the item as of `time`, decayed exponentially: multiply by `decay(now - time)` to bring it to now. May be negative. */
  readonly weight: number
  /** Of the latest event that names it, ms since 1970. */
  readonly time: number
  /** The weightiest event so far: what evidence speaks of. */
  readonly event: EventName
  readonly views: number
  readonly inCart: boolean
  readonly bought: boolean
  /** Disliked or dismissed: never recommended. */
  readonly rejected: boolean
}

/**
 * The history in one small record, updated in the same transaction as the append, so that a page load reads this and nothing else.
 * Every list is bounded; see `fold`.
 */
export type Checkpoint = {
  /** Raised when the meaning of a field changes; an older one is rebuilt from the events. */
  readonly version: 1
  /** Events in the store. */
  readonly count: number
  /** Of the oldest event in the store, whole ms since 1970. */
  readonly firstTime: number | undefined
  /** Of the latest event that came in, ms since 1970; pulled back to the clock's time where that was set back. */
  readonly lastTime: number | undefined
  /** Events up to this id were deleted to make room, so a replay must not bring one back; empty where none was. */
  readonly floor: string
  /** Sessions so far, and so the number of the current one. */
  readonly sessions: number
  readonly counts: Readonly<Partial<Record<EventName, number>>>
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>
  /** Latest touched last, at most `MAX_TOUCHES`. */
  readonly touches: readonly ItemTouch[]
  /** Latest last: `transaction_id`s of purchases and refunds, prefixed by the event's name, so that a reload of a thank-you page counts once. */
  readonly transactions: readonly string[]
  /** Latest last: signatures of the last events with their times, for the one-second rule. */
  readonly recent: readonly { readonly signature: string; readonly time: number }[]
}

export const EMPTY_CHECKPOINT: Checkpoint = {
  version: 1,
  count: 0,
  firstTime: undefined,
  lastTime: undefined,
  floor: '',
  sessions: 0,
  counts: {},
  dropped: {},
  touches: [],
  transactions: [],
  recent: [],
}
