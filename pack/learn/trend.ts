import type { InteractionLog } from './interaction-log'

/** What of the log's time counts as lately. */
const LATE_SHARE = 0.1
/** Steps of the result to one standard deviation. */
const STEPS = 16
const MAX_STEP = 255

/** What was taken lately beside what its usual share of all that was taken then would be. */
export type TrendCounts = {
  /** [itemCount] more than that; 0 where it was not more, or too few took it to tell. */
  readonly gains: Float64Array
  /** [itemCount] that usual share. */
  readonly expected: Float64Array
}

/**
 * How much more each item was taken in the last tenth of the log's time than its share of everything taken then. Items that fewer visitors than
 * the support took lately have no gain.
 * @returns `undefined` where times are not known, or all the same.
 */
export function trendCounts({ itemCount, starts, items, times, visitors }: InteractionLog, support: number): TrendCounts | undefined {
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
  const expected = all.map((count) => (count * lateCount) / items.length)
  const gains = late.map((count, item) => (lateVisitors[item]!.size < support ? 0 : Math.max(0, count - expected[item]!)))
  return { gains, expected }
}

/**
 * A trend as packs keep it: (late - expected) / sqrt(expected), the standardized residual of a count (Pearson residual: Agresti, Categorical
 * Data Analysis, 2013, 3.3.1), in sixteenths.
 * @returns [itemCount], 0 to 255; 0 where nothing was gained.
 */
export function trendSteps({ gains, expected }: TrendCounts): Uint8Array {
  return Uint8Array.from(gains, (gain, item) =>
    gain > 0 ? Math.min(MAX_STEP, Math.round((STEPS * gain) / Math.sqrt(expected[item]!))) : 0,
  )
}

/** The trend of a log; see `trendCounts` and `trendSteps`. */
export function learnTrend(log: InteractionLog, support: number): Uint8Array | undefined {
  const counts = trendCounts(log, support)
  return counts && trendSteps(counts)
}
