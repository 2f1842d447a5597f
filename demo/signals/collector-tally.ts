import { encodeReport, type Interval, type PublishedEpoch, type RandomIntegers, REPORT_BYTES } from 'sotto/signals'
import type { LocalCollector } from './local-collector'
import type { SimulatedMetric } from './simulated-metric'
import type { Tally } from './tally'
import type { DrawnReport } from './visitors'

/** Random bytes of each report's own, so that one sent again is not counted again. */
const NONCE_BYTES = 16

export type CollectorTallyOptions = {
  readonly collector: LocalCollector
  readonly metrics: readonly SimulatedMetric[]
  /** [8] of the plan that the reports answer to. */
  readonly planTag: Uint8Array
  /** The week that the reports are about. */
  readonly epoch: number
  readonly random: RandomIntegers
  /** Called when all reports are in and the week is still open. */
  readonly beforeClosing: () => Promise<void>
}

/** Has the local collector add up: reports leave as browsers send them, only many in one request; then the week is closed and published. */
export function collectorTally({ collector, metrics, planTag, epoch, random, beforeClosing }: CollectorTallyOptions): Tally {
  return {
    add: async (reports) => {
      await collector.post(encodeReports(reports, metrics, { planTag, epoch }, random), reports.length)
    },
    publish: async () => {
      await beforeClosing()
      await collector.closeWeek()
      const published = await collector.published(epoch)
      return metrics.map(({ metric, buckets }) => intervalsOf(published, metric.name, buckets))
    },
  }
}

/** @returns [reports x 40] one after another. */
export function encodeReports(
  reports: readonly DrawnReport[],
  metrics: readonly SimulatedMetric[],
  { planTag, epoch }: Pick<CollectorTallyOptions, 'planTag' | 'epoch'>,
  random: RandomIntegers,
): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(reports.length * REPORT_BYTES)
  for (const [index, { at, bits }] of reports.entries()) {
    const metric = metrics[at]!.place
    body.set(encodeReport({ metric, group: 0, epoch, planTag, nonce: random.bytes(NONCE_BYTES), bits }), index * REPORT_BYTES)
  }
  return body
}

/** In the order of the buckets; `undefined` where the metric was withheld. @throws Error where the metric or a bucket of it is missing. */
export function intervalsOf({ metrics }: PublishedEpoch, name: string, buckets: readonly string[]): readonly Interval[] | undefined {
  const metric = metrics.find((candidate) => candidate.name === name)
  if (!metric) throw new Error(`nothing is published about ${name}`)
  const group = metric.groups?.[0]
  return group && buckets.map((bucket) => group.buckets.find((found) => found.bucket === bucket) ?? missing(bucket))
}

function missing(bucket: string): never {
  throw new Error(`nothing is published about the bucket ${bucket}`)
}
