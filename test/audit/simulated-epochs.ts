import type { Chances } from '../../src/shared/signals/subset-selection'
import { binomialTable } from './binomial-table'

/**
 * Counts of reports in many epochs, without drawing each report: those of a bucket are the sum of two binomials, of the browsers in it and of all others.
 * Bucket by bucket that is exactly how counts are distributed; that the shipped randomizer does the same is audited beside it.
 *
 * @param truth [k] browsers in each bucket.
 * @param random uniform in [0, 1).
 * @returns gives [k] counts of one epoch a call; the same array each time.
 */
export function simulatedEpochs({ p, q }: Chances, truth: readonly number[], random: () => number): () => Float64Array {
  const reports = truth.reduce((sum, count) => sum + count, 0)
  const tables = truth.map((inside) => [binomialTable(inside, p), binomialTable(reports - inside, q)] as const)
  const counts = new Float64Array(truth.length)
  return () => {
    for (const [bucket, [own, others]] of tables.entries()) counts[bucket] = own(random()) + others(random())
    return counts
  }
}

/** Browsers by bucket where the second has half of the first, the third a third and so on (Zipf): few common ones and many rare ones. */
export function zipf(k: number, reports: number): readonly number[] {
  const all = Array.from({ length: k }, (_, at) => 1 / (at + 1)).reduce((sum, share) => sum + share, 0)
  const counts = Array.from({ length: k }, (_, at) => Math.floor(reports / (at + 1) / all))
  // What rounding down left goes to the first.
  return [counts[0]! + reports - counts.reduce((sum, count) => sum + count, 0), ...counts.slice(1)]
}
