import { estimateCounts, type Interval, LEAST_REPORTS } from 'sotto/signals'
import type { SimulatedMetric } from './simulated-metric'
import type { DrawnReport } from './visitors'

/** Who adds up the reports of a simulation and says what it makes of them. */
export type Tally = {
  /** Resolves once all of them are counted. Rejects where they are not. */
  readonly add: (reports: readonly DrawnReport[]) => Promise<void>
  /** Estimates by metric and bucket, as they are published: `undefined` for a metric that is withheld. Nothing can be added after that. */
  readonly publish: () => Promise<readonly (readonly Interval[] | undefined)[]>
}

/** Adds up in the page: the same sums and estimates as the collector's, where none is there to send to. */
export function pageTally(metrics: readonly SimulatedMetric[]): Tally {
  const counts = metrics.map(({ buckets }) => new Uint32Array(buckets.length))
  const reports = metrics.map(() => 0)
  return {
    add: async (drawn) => {
      for (const { at, bits } of drawn) {
        reports[at]!++
        const own = counts[at]!
        for (let bucket = 0; bucket < own.length; bucket++) own[bucket]! += (bits[bucket >> 3]! >> (bucket & 7)) & 1
      }
    },
    publish: async () =>
      metrics.map(({ design }, at) => (reports[at]! < LEAST_REPORTS ? undefined : estimateCounts(design, reports[at]!, counts[at]!))),
  }
}
