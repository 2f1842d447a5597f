import type { Visit } from '../../models/recommender'

/** What a model is asked about: all that the visitor did, or the last of it alone. */
export const VIEWS = ['all', 'last'] as const
export type View = (typeof VIEWS)[number]

/** A part of a visit: its arrays are views into those of the visit. `last` is what happened at the last moment, one item where times are not known. */
export function viewOf(visit: Visit, view: View): Visit {
  const { items, times, weights, sessionStart, now } = visit
  if (view === 'all' || items.length < 2) return visit
  let from = items.length - 1
  while (times && from > 0 && times[from - 1] === times[from]) from--
  return {
    items: items.subarray(from),
    ...(times && { times: times.subarray(from) }),
    ...(weights && { weights: weights.subarray(from) }),
    ...(sessionStart !== undefined && { sessionStart: Math.max(0, sessionStart - from) }),
    ...(now !== undefined && { now }),
  }
}
