import { SESSION_GAP_MS } from '../../src/shared/limits'
import type { InteractionLog } from '../learn/interaction-log'
import type { ReasonTally } from './reason-counts'

/** Rows of a log as columns, in the order of the file; all [rows]. */
export type LogColumns = {
  /** Numbers of visitors (or sessions, where visitors are not known), 0 to `visitorCount` - 1. */
  readonly visitors: Int32Array
  readonly visitorCount: number
  readonly items: Int32Array
  readonly weights: Float32Array
  /** ms since 1970; absent where the file has none. */
  readonly times?: Float64Array
  /** Numbers of sessions; absent where they are not told apart from visitors. */
  readonly sessions?: Int32Array
}

/** More is a program's doing, no customer's, and learning takes time by its square. Of such a visitor the latest stay. */
const MAX_HISTORY = 10_000

/**
 * Puts rows into sequences: by visitor, in order of time (of the file, where there is none or it is the same). What one visitor did with one
 * item at one moment is one interaction, of the highest weight.
 * @param dropped counts `repeated` and `over-long-history`.
 */
export function assembleLog(itemCount: number, columns: LogColumns, dropped: ReasonTally): InteractionLog {
  const { visitors, visitorCount, items: itemOf, weights: weightOf, times: timeOf, sessions } = columns
  const bounds = new Int32Array(visitorCount + 1)
  for (const visitor of visitors) bounds[visitor + 1]!++
  for (let visitor = 0; visitor < visitorCount; visitor++) bounds[visitor + 1]! += bounds[visitor]!
  const order = new Int32Array(visitors.length)
  const next = bounds.slice()
  for (let row = 0; row < visitors.length; row++) order[next[visitors[row]!]!++] = row

  const starts = new Int32Array(visitorCount + 1)
  const kept = new Int32Array(visitors.length)
  const items = new Int32Array(visitors.length)
  const weights = new Float32Array(visitors.length)
  const baskets = new Int32Array(visitors.length)
  /** Where in `items` an item last came. */
  const seenAt = new Int32Array(itemCount).fill(-1)
  let count = 0
  for (let visitor = 0; visitor < visitorCount; visitor++) {
    const own = order.subarray(bounds[visitor]!, bounds[visitor + 1]!)
    if (timeOf) own.sort((a, b) => timeOf[a]! - timeOf[b]! || a - b)
    const skipped = Math.max(0, own.length - MAX_HISTORY)
    dropped.add('over-long-history', skipped)
    let basket = 0
    for (const row of own.subarray(skipped)) {
      const item = itemOf[row]!
      const earlier = seenAt[item]!
      if (timeOf && earlier >= starts[visitor]! && timeOf[kept[earlier]!] === timeOf[row]) {
        weights[earlier] = Math.max(weights[earlier]!, weightOf[row]!)
        dropped.add('repeated')
        continue
      }
      const before = count > starts[visitor]! ? kept[count - 1]! : row
      const isNext = sessions ? sessions[row] !== sessions[before] : timeOf && timeOf[row]! - timeOf[before]! > SESSION_GAP_MS
      if (isNext) basket++
      seenAt[item] = count
      kept[count] = row
      items[count] = item
      weights[count] = weightOf[row]!
      baskets[count++] = basket
    }
    starts[visitor + 1] = count
  }
  return {
    itemCount,
    starts,
    items: items.slice(0, count),
    weights: weights.slice(0, count),
    ...(timeOf && { times: Float64Array.from(kept.subarray(0, count), (row) => timeOf[row]!) }),
    ...((timeOf || sessions) && { baskets: baskets.slice(0, count) }),
  }
}
