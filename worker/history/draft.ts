import type { EventName, StoredEvent } from '../../src/shared/events'
import type { Checkpoint, ItemTouch } from './checkpoint'
import { fold, type Touches } from './fold'
import { signature } from './signature'
import type { Tally } from './tally'

/** `transaction_id`s remembered: years of purchases of one visitor. */
export const MAX_TRANSACTIONS = 200
/** Signatures remembered: more than a person, or a page's tags, bring about within a second. */
export const MAX_RECENT = 64

/** A checkpoint taken apart so that thousands of events can be worked into it in place. */
export type Draft = {
  count: number
  firstTime: number | undefined
  lastTime: number | undefined
  floor: string
  sessions: number
  readonly counts: Partial<Record<EventName, number>>
  readonly dropped: Tally
  touches: Touches
  readonly transactions: Set<string>
  readonly recent: Map<string, number>
}

/** Copies what it changes: the checkpoint stays as it is. */
export function openDraft(checkpoint: Checkpoint): Draft {
  return {
    ...checkpoint,
    counts: { ...checkpoint.counts },
    dropped: { ...checkpoint.dropped },
    touches: new Map(checkpoint.touches.map((touch): [string, ItemTouch] => [touch.id, touch])),
    transactions: new Set(checkpoint.transactions),
    recent: new Map(checkpoint.recent.map(({ signature, time }) => [signature, time])),
  }
}

export function closeDraft({ touches, transactions, recent, ...draft }: Draft): Checkpoint {
  return {
    ...draft,
    version: 1,
    touches: [...touches.values()],
    transactions: [...transactions],
    recent: Array.from(recent, ([signature, time]) => ({ signature, time })),
  }
}

/**
 * Works one kept event into the draft, its session excepted. `sign`: its signature, where the caller has it already.
 * Every bounded list is cut event by event, so that the outcome does not depend on how events fall into batches.
 */
export function record(draft: Draft, event: StoredEvent, sign = signature(event)): void {
  const whole = Math.floor(event.time)
  draft.count++
  draft.counts[event.name] = (draft.counts[event.name] ?? 0) + 1
  draft.firstTime = Math.min(draft.firstTime ?? whole, whole)
  fold(draft.touches, event)
  draft.recent.delete(sign) // so that it goes to the end
  draft.recent.set(sign, event.time)
  if (draft.recent.size > MAX_RECENT) draft.recent.delete(draft.recent.keys().next().value!) // of a map that is not empty
  if (event.transaction_id === undefined) return
  draft.transactions.add(transactionKey(event.name, event.transaction_id))
  if (draft.transactions.size > MAX_TRANSACTIONS) draft.transactions.delete(draft.transactions.values().next().value!) // likewise
}

/** A purchase and its refund share a `transaction_id`, and are two things. */
export function transactionKey(name: EventName, transactionId: string): string {
  return `${name}:${transactionId}`
}
