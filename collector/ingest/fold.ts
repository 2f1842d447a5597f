import type { CheckedReport } from './check-report'

/** What a batch adds to one row of totals. */
export type Addition = { reports: number; readonly counts: number[] }

/**
 * Adds reports up, by the id of their totals.
 * @returns `counts` end with the last bucket that anything was added to.
 */
export function fold(reports: Iterable<CheckedReport>): Map<number, Addition> {
  const sums = new Map<number, Addition>()
  for (const { total, bits } of reports) {
    const sum = sums.get(total) ?? { reports: 0, counts: [] }
    sums.set(total, sum)
    sum.reports++
    for (let bucket = 0; bucket < 8 * bits.length; bucket++) {
      if (!((bits[bucket >> 3]! >> (bucket & 7)) & 1)) continue
      while (sum.counts.length <= bucket) sum.counts.push(0)
      sum.counts[bucket]!++
    }
  }
  return sums
}
