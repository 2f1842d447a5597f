import type { DropReason, IncomingEvent, StoredEvent, TrackReceipt } from '../../src/shared/events'
import { DUPLICATE_WINDOW_MS } from '../../src/shared/limits'
import type { Checkpoint } from './checkpoint'
import { type CleanEvent, clean } from './clean'
import { closeDraft, type Draft, openDraft, record, transactionKey } from './draft'
import { placeInSession, settleClock } from './sessions'
import { signature } from './signature'
import { count } from './tally'

/** An event on its way in. `replayed`: it may have been stored before, by a page or worker that did not live to hear so. */
export type Arrival = { readonly event: IncomingEvent; readonly replayed: boolean }

export type IntakeOptions = {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly maxAgeMs: number
  /** What the receipts of kept events say. */
  readonly outcome: 'stored' | 'memory'
  /** Events in the store near those that arrive, at least those of `lookupRanges`; empty where nothing can have been stored before. */
  readonly stored: readonly StoredEvent[]
}

export type Intake = {
  readonly checkpoint: Checkpoint
  /** To be stored, in the order they arrived; no two with one id, none with an id of `stored`. */
  readonly kept: readonly StoredEvent[]
  /** One an arrival, in order. */
  readonly receipts: readonly TrackReceipt[]
}

/**
 * Cleans, deduplicates and puts into sessions what arrived, and works it into the checkpoint. Pure: the same arrivals give the same
 * outcome in one batch or in many, as long as `now` agrees and `stored` is kept up.
 *
 * An event whose id is stored already gets the receipt of a stored one: it is. Of two events with one signature less than
 * `DUPLICATE_WINDOW_MS` apart the first stays; a replayed one is compared with the store, not only with the last few.
 * A `transaction_id` counts once an event name. A replayed event that is older than what was deleted to make room is `expired`: it may have
 * been among that (after a clock set back, one that was never stored may fall to this rule).
 */
export function intake(checkpoint: Checkpoint, arrivals: readonly Arrival[], options: IntakeOptions): Intake {
  const { now, maxAgeMs, outcome, stored } = options
  const draft = openDraft(checkpoint)
  settleClock(draft, now)
  const oldest = now - maxAgeMs
  for (const [id, touch] of draft.touches) if (touch.time < oldest) draft.touches.delete(id)

  const ids = new Set(stored.map((event) => event.id))
  const near = signatureTimes(stored)
  const kept: StoredEvent[] = []

  const admit = ({ event: incoming, replayed }: Arrival): DropReason | undefined => {
    const cleaned = clean(incoming, now, oldest)
    if ('reason' in cleaned) return cleaned.reason
    const { event, tally } = cleaned
    if (ids.has(event.id)) return undefined
    if (replayed && event.id <= draft.floor) return 'expired'
    const sign = signature(event)
    const reason = findDuplicate(draft, near, event, sign)
    if (reason) return reason
    const full = { ...event, session: placeInSession(draft, event.time) }
    record(draft, full, sign)
    for (const [problem, times] of Object.entries(tally)) count(draft.dropped, problem as DropReason, times) // a tally's keys are reasons
    ids.add(event.id)
    kept.push(full)
    return undefined
  }

  const receipts = arrivals.map((arrival): TrackReceipt => {
    const reason = admit(arrival)
    const id = idOf(arrival.event)
    if (!reason) return { id, outcome }
    count(draft.dropped, reason)
    return { id, outcome: 'dropped', reason }
  })
  return { checkpoint: closeDraft(draft), kept, receipts }
}

function findDuplicate(
  draft: Draft,
  near: ReadonlyMap<string, readonly number[]>,
  event: CleanEvent,
  sign: string,
): DropReason | undefined {
  const isClose = (time: number) => Math.abs(time - event.time) < DUPLICATE_WINDOW_MS
  const recent = draft.recent.get(sign)
  if ((recent !== undefined && isClose(recent)) || near.get(sign)?.some(isClose)) return 'duplicate-event'
  const { name, transaction_id } = event
  if (transaction_id !== undefined && draft.transactions.has(transactionKey(name, transaction_id))) return 'duplicate-transaction'
  return undefined
}

function signatureTimes(events: readonly StoredEvent[]): Map<string, number[]> {
  const times = new Map<string, number[]>()
  for (const event of events) {
    const sign = signature(event)
    const known = times.get(sign)
    if (known) known.push(event.time)
    else times.set(sign, [event.time])
  }
  return times
}

/** The id that a receipt names; empty for what has none. Never throws, whatever the page sent. */
export function idOf(event: IncomingEvent): string {
  try {
    return typeof event.id === 'string' ? event.id : ''
  } catch {
    // Not an object at all, or reading it throws: dropped as malformed.
    return ''
  }
}
