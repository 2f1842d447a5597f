import type { Failure } from '../errors'

/** What left this device, what waits, and what it cost: for the visitor to read. */
export type SignalLedger = {
  readonly state: SignalState
  /** What to mend, in state `failed`. */
  readonly problem?: Failure
  /** The plan that is followed, and where it is from. */
  readonly plan?: { readonly url: string; readonly hash: string; readonly purpose: string }
  readonly budget: BudgetStatement
  /** Latest first. */
  readonly entries: readonly LedgerEntry[]
  /** What else is kept for it: absent where nothing is. */
  readonly kept?: SignalNotes
}

/** What a browser notes to know when something is due. It stays on the device. */
export type SignalNotes = {
  /** Visits so far, the first one's week, when the turn of this one comes, and how Sotto fared. */
  readonly visit: Readonly<Record<string, unknown>>
  /** By epoch and metric: the group that was drawn. */
  readonly groups: Readonly<Record<number, Readonly<Record<string, string>>>>
}

/**
 * `off`: the site set no collector. `consent`: not granted, so nothing is asked and nothing leaves. `opted-out`: Global Privacy Control says so.
 * `on`: the plan is followed. `failed`: it could not be had, is not valid or not the one that was pinned, or the page is not served by https (or from this machine).
 */
export type SignalState = 'off' | 'consent' | 'opted-out' | 'on' | 'failed'

/** In millionths of epsilon. It outlives `forget` and is all that does: a number of an epoch, and what was spent in it. */
export type BudgetStatement = {
  readonly epoch: number
  readonly epochSpent: number
  readonly epochLimit: number
  /** The rolling year. */
  readonly yearSpent: number
  readonly yearLimit: number
  readonly records: readonly { readonly epoch: number; readonly spent: number }[]
}

export type LedgerEntry = {
  readonly metric: string
  readonly title: string
  /** The epoch that it speaks of. */
  readonly epoch: number
  /** `waiting`: leaves on a later visit. `expired`: its time passed before it could leave; the budget stays spent. `refused`: the collector would not have it. */
  readonly state: 'waiting' | 'sent' | 'expired' | 'refused'
  /** Millionths of epsilon that it cost. */
  readonly charged: number
  readonly plan: string
  /** The report, in hex: all that is or was sent, or what lies in it where a relay is used, sealed anew each time that it is sent. */
  readonly bytes: string
  /** What it says, in words, and how sure anybody can be of it. */
  readonly words: string
  /** Why it was refused, by the code or URN of whoever refused it (`plan-unknown`, `epoch-closed`), else the HTTP status; absent where it was not. */
  readonly refusedFor?: string
  /** Milliseconds since 1970; absent while it waits. */
  readonly settledAt?: number
}

/** What the current epoch would be reported as, if it ended now: shown on this device and nowhere else. */
export type SignalPreview = {
  readonly state: SignalState
  /** What to mend, in state `failed`. */
  readonly problem?: Failure
  readonly metrics: readonly PreviewedMetric[]
}

export type PreviewedMetric = {
  readonly metric: string
  readonly title: string
  readonly epsilon: number
  /** What a report would tell in clear, drawn by chance for this week: of an experiment, the variant to be shown. Absent where there is nothing. */
  readonly group?: string
  readonly buckets: readonly string[]
  /** What is true of this visitor, as a place among the buckets. */
  readonly truth: number
  /** Of `mean` and `ranker`: what is true is a number between the two buckets, and `truth` one of these, drawn anew each time, by a chance that grows with the number. */
  readonly isRounded?: true
  /** What a report might say: an example drawn for this preview, which is never sent. Places among the buckets. */
  readonly example: readonly number[]
  /** That this bucket would be in a report of anybody in it, and of anybody else: what makes each report deniable. */
  readonly chances: { readonly ifTrue: number; readonly otherwise: number }
}
