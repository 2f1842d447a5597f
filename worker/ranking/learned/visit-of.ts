import { SESSION_GAP_MS } from '../../../src/shared/limits'
import type { ItemTouch } from '../../history/checkpoint'
import type { Visit } from '../../models/recommender'

/** Models look at the latest items most, and cost by their number. */
const MAX_ITEMS = 50
/** So that one purchase does not silence everything else. */
const MAX_WEIGHT = 5

/** A visit as models see it, and whose rows these are. */
export type KnownVisit = { readonly visit: Visit; readonly touches: readonly ItemTouch[] }

/**
 * Turns what the visitor touched into what models are asked about: the latest 50 items they showed interest in and the pack has.
 * @param rowOf row of an item in the pack; -1 where it has none.
 * @param now milliseconds since 1970.
 */
export function visitOf(touches: readonly ItemTouch[], rowOf: (id: string) => number, now: number): KnownVisit {
  const known = touches.filter(({ id, weight, rejected }) => !rejected && weight > 0 && rowOf(id) >= 0).slice(-MAX_ITEMS)
  const times = Float64Array.from(known, ({ time }) => time)
  let sessionStart = known.length
  while (sessionStart > 0 && (times[sessionStart] ?? now) - times[sessionStart - 1]! < SESSION_GAP_MS) sessionStart--
  const visit = {
    items: Int32Array.from(known, ({ id }) => rowOf(id)),
    times,
    weights: Float32Array.from(known, ({ weight }) => Math.min(weight, MAX_WEIGHT)),
    sessionStart,
    now,
  }
  return { visit, touches: known }
}
