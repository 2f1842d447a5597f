import { eventIdPrefix } from '../../src/shared/event-id'
import { DUPLICATE_WINDOW_MS } from '../../src/shared/limits'
import type { Arrival } from './intake'

/** Ranges nearer than this are read as one: a request costs more than the few events between. */
const JOIN_MS = 60_000

/** Ids from `from`, before `to`. */
export type IdRange = { readonly from: string; readonly to: string }

/**
 * Which part of the store must be read to tell whether these events, or the same things done at nearly the same time, are in it.
 * Ascending and disjoint; events without a usable time are left out, as none of them can be stored.
 */
export function lookupRanges(arrivals: readonly Arrival[]): readonly IdRange[] {
  const times = arrivals.map(({ event }) => timeOf(event)).filter(Number.isFinite)
  times.sort((a, b) => a - b)
  const ranges: { from: number; to: number }[] = []
  for (const time of times) {
    const last = ranges.at(-1)
    const to = time + DUPLICATE_WINDOW_MS
    if (last && time - DUPLICATE_WINDOW_MS <= last.to + JOIN_MS) last.to = to
    else ranges.push({ from: time - DUPLICATE_WINDOW_MS, to })
  }
  // One more millisecond, as prefixes cut fractions off.
  return ranges.map(({ from, to }) => ({ from: eventIdPrefix(from), to: eventIdPrefix(to + 1) }))
}

function timeOf(event: unknown): number {
  try {
    return Number((event as { time: unknown }).time) // what is not an object throws
  } catch {
    return Number.NaN
  }
}
