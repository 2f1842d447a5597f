import type { LogColumns } from './assemble-log'

/** Told how many rows were left out, and why. */
export type RowCount = (reason: string, count: number) => void

/** Rows of a log before it is known which visitors have any left. */
export type LogRows = Omit<LogColumns, 'visitorCount'>

/** Leaves out the rows that are refused, and counts them. */
export function withoutRows(read: LogRows, isRefused: (row: number) => boolean, reason: string, count: RowCount): LogRows {
  const isKept = (_: number, row: number) => !isRefused(row)
  const visitors = read.visitors.filter(isKept)
  count(reason, read.visitors.length - visitors.length)
  if (visitors.length === read.visitors.length) return read
  return {
    visitors,
    items: read.items.filter(isKept),
    weights: read.weights.filter(isKept),
    ...(read.times && { times: read.times.filter(isKept) }),
    ...(read.sessions && { sessions: read.sessions.filter(isKept) }),
  }
}
