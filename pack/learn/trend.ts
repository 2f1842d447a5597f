import type { InteractionLog } from './interaction-log'

/** What of the log's time counts as lately. */
const LATE_SHARE = 0.1
/** Steps of the result to one standard deviation. */
const STEPS = 16
const MAX_STEP = 255

/**
 * How much more each item was taken in the last tenth of the log's time than its share of everything taken then: (late - expected) /
 * sqrt(expected), the standardized residual of a count (Pearson residual: Agresti, Categorical Data Analysis, 2013, 3.3.1), in sixteenths.
 * Items that fewer visitors than the support took lately have none.
 * @returns [itemCount], 0 to 255; `undefined` where times are not known, or all the same.
 */
export function learnTrend({ itemCount, starts, items, times, visitors }: InteractionLog, support: number): Uint8Array | undefined {
  if (!times?.length) return undefined
  const last = times.reduce((latest, time) => Math.max(latest, time))
  const first = times.reduce((earliest, time) => Math.min(earliest, time))
  if (last === first) return undefined
  const since = last - (last - first) * LATE_SHARE
  const all = new Float64Array(itemCount)
  const late = new Float64Array(itemCount)
  const lateVisitors = Array.from({ length: itemCount }, () => new Set<number>())
  let lateCount = 0
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) {
      const item = items[at]!
      all[item]!++
      if (times[at]! < since) continue
      late[item]!++
      lateCount++
      lateVisitors[item]!.add(visitors?.[sequence] ?? sequence)
    }
  }
  return Uint8Array.from(late, (count, item) => {
    const expected = (all[item]! * lateCount) / items.length
    if (lateVisitors[item]!.size < support || count <= expected) return 0
    return Math.min(MAX_STEP, Math.round((STEPS * (count - expected)) / Math.sqrt(expected)))
  })
}
