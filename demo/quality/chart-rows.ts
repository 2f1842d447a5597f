import { modelWords } from '../models/model-words'
import type { QualitySet } from './quality-file'

/** Standard errors on either side: about 95 of 100 such bars hold the true value. */
export const BAR_ERRORS = 2

/** A row of a chart, and of the table that says the same. */
export type ChartRow = {
  readonly label: string
  readonly isOurs: boolean
  readonly value: number
  readonly error: number | undefined
  /** Where the bar begins and ends; absent where no error is known. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly source: string | undefined
}

/**
 * The rows of one metric, all sets' charts in one order: the best by the first metric on top, of equal ones as in the file. What has no value
 * in the metric is left out.
 */
export function chartRows({ metrics, rows }: QualitySet, metric: string): ChartRow[] {
  const first = metrics[0]?.id ?? metric
  const ordered = rows.toSorted((a, b) => (b.values[first]?.mean ?? 0) - (a.values[first]?.mean ?? 0))
  return ordered.flatMap(({ name, kind, source, values }) => {
    const measured = values[metric]
    if (!measured) return []
    const { mean, error } = measured
    const isOurs = kind === 'ours'
    return {
      // One model may be in both.
      label: isOurs ? modelWords(name).label : `${name} (paper)`,
      isOurs,
      value: mean,
      error,
      low: error === undefined ? undefined : Math.max(0, mean - BAR_ERRORS * error),
      high: error === undefined ? undefined : mean + BAR_ERRORS * error,
      source,
    }
  })
}
