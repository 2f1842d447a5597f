import type { RandomIntegers } from 'sotto/signals'
import { type MetricOutcome, outcomeOf } from './outcome'
import type { SimulatedMetric } from './simulated-metric'
import type { Tally } from './tally'
import { drawVisitors } from './visitors'

/** The most that is taken in one request: 64 KiB of reports of 40 bytes. */
export const BATCH_REPORTS = Math.floor(65_536 / 40)

export type SimulationOptions = {
  readonly metrics: readonly SimulatedMetric[]
  readonly visitors: number
  readonly tally: Tally
  readonly random: RandomIntegers
  /** Called after each batch with how many visitors were counted so far. */
  readonly onProgress: (visitors: number) => void
  /** Lets the page draw and answer: called between batches. */
  readonly rest: () => Promise<void>
  /** Aborted, no more visitors come: those who were counted are estimated. */
  readonly signal: AbortSignal
}

/**
 * Draws visitors batch by batch, has them counted, and holds what is published against what is true of those that were counted.
 * @throws whatever the tally throws: a batch of which it is not known whether it was counted makes the comparison worthless.
 */
export async function simulate({
  metrics,
  visitors,
  tally,
  random,
  onProgress,
  rest,
  signal,
}: SimulationOptions): Promise<MetricOutcome[]> {
  const truth = metrics.map(({ buckets }) => new Uint32Array(buckets.length))
  const most = Math.max(1, Math.floor(BATCH_REPORTS / metrics.length))
  let counted = 0
  while (counted < visitors && !signal.aborted) {
    const batch = Math.min(most, visitors - counted)
    const reports = drawVisitors(metrics, batch, random)
    await tally.add(reports)
    for (const { at, truth: bucket } of reports) truth[at]![bucket]!++
    counted += batch
    onProgress(counted)
    await rest()
  }
  const published = await tally.publish()
  return metrics.map((metric, at) => outcomeOf(metric, truth[at]!, published[at]))
}
