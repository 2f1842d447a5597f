import { SESSION_GAP_MS } from '../../src/shared/limits'
import { epochOf } from '../../src/shared/signals/epoch'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import { addVitals, type PageVitals, type Vitals } from './vitals'

/** A visit's turn has two moments, each drawn at random from so many milliseconds: one to get ready in and one to send. Most visits last as long as both. */
export const LONGEST_DELAY_MS = 22_500
/** Between them lies at least so much, which is longer than getting ready takes: what a history's length does to that must not show. */
const LEAST_PAUSE_MS = 2_500
/** A page of the same visit is noted this seldom: most page visits only read. */
const NOTE_MS = 60_000

/**
 * What is known of this browser's visits, counted by page visits and by nothing that was done in them: whether something leaves must not depend on
 * a history.
 */
export type Visit = {
  /** Visits so far, this one included. */
  readonly count: number
  /** The epoch of the first one: of those before there is nothing to tell. */
  readonly firstEpoch: number
  /** Milliseconds since 1970. */
  readonly seenAt: number
  /** When this visit's turn comes, ms since 1970; absent once it was had. */
  readonly moment?: number
  /** Present where the turn only sends, all else being done: the epoch before which nothing is due once everything left. */
  readonly ready?: number
  /** Nothing is due before this epoch. */
  readonly restUntil: number
  /** Whether this browser was drawn to answer in its first visit; absent until that was. */
  readonly answersFirst?: boolean
  readonly vitals: Vitals
}

/**
 * Notes a page visit.
 * @param kept as it was noted last; `undefined` in a new profile.
 * @returns `kept` itself where there is nothing to note.
 */
export function nextVisit(kept: Visit | undefined, now: number, random: RandomIntegers, page: PageVitals): Visit {
  const epoch = epochOf(now)
  const vitals = addVitals(kept?.vitals ?? {}, epoch, page)
  const isSame = kept && Math.abs(now - kept.seenAt) < SESSION_GAP_MS
  if (!isSame) {
    const { ready: _, ...before } = kept ?? {}
    const moment = now + random.below(LONGEST_DELAY_MS)
    const firstEpoch = Math.min(kept?.firstEpoch ?? epoch, epoch)
    return { restUntil: 0, ...before, firstEpoch, count: (kept?.count ?? 0) + 1, seenAt: now, moment, vitals }
  }
  const isNoted = vitals === kept.vitals && Math.abs(now - kept.seenAt) < NOTE_MS
  return isNoted ? kept : { ...kept, seenAt: now, vitals }
}

/** How long this visit's turn is still off, in ms; `undefined` where it was had, or nothing is due. A clock set back does not put it off for long. */
export function delayOf({ moment, restUntil }: Visit, now: number): number | undefined {
  if (moment === undefined || restUntil > epochOf(now)) return undefined
  return Math.min(Math.max(moment - now, 0), LONGEST_DELAY_MS)
}

/** When to send what was got ready: whoever sees both what is fetched for it and what is sent must not see that they belong together. @param from when that began. */
export function drawPause(from: number, random: RandomIntegers): number {
  return from + LEAST_PAUSE_MS + random.below(LONGEST_DELAY_MS - LEAST_PAUSE_MS)
}
