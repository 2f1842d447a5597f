import { type LogRows, type RowCount, withoutRows } from './log-rows'

/** Before there were shops on the web: a clock that was never set. */
const EARLIEST_MS = Date.UTC(1990, 0, 1)

/** Where some rows have a time, those that cannot have one (JSON Lines with different fields) are refused. */
export function withoutTimeless(read: LogRows, count: RowCount): LogRows {
  return read.times ? withoutTimes(read, read.times, 'broken-time', Number.isNaN, count) : read
}

/** Leaves out moments before 1990, unless most are: then times are counters, which tell the order as well. */
export function withoutAncient(read: LogRows, count: RowCount): LogRows {
  const { times } = read
  const isAncient = (time: number) => time < EARLIEST_MS
  const ancient = times?.reduce((sum, time) => sum + Number(isAncient(time)), 0) ?? 0
  return times && 2 * ancient < times.length ? withoutTimes(read, times, 'ancient-time', isAncient, count) : read
}

function withoutTimes(read: LogRows, times: Float64Array, reason: string, isRefused: (time: number) => boolean, count: RowCount): LogRows {
  return withoutRows(read, (row) => isRefused(times[row]!), reason, count)
}

/** Rows that were older than one before them of the same visitor. */
export function countReordered({ times = new Float64Array(0), visitors }: LogRows, visitorCount: number): number {
  const latest = new Float64Array(visitorCount).fill(Number.NEGATIVE_INFINITY)
  let count = 0
  for (let row = 0; row < times.length; row++) {
    const visitor = visitors[row]!
    if (times[row]! < latest[visitor]!) count++
    else latest[visitor] = times[row]!
  }
  return count
}
