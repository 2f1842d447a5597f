import { type Interval, LEAST_REPORTS } from 'sotto/signals'
import type { SimulatedMetric } from './simulated-metric'

/** One bucket: how many visitors are truly in it, and what is estimated. */
export type OutcomeRow = Partial<Interval> & {
  readonly bucket: string
  readonly truth: number
  /** Whether the truth lies within the interval; absent where there is none. */
  readonly holds?: boolean
}

/** What came of one metric, beside what is true. */
export type MetricOutcome = {
  readonly title: string
  readonly reports: number
  readonly rows: readonly OutcomeRow[]
}

/**
 * @param truth [k] visitors by bucket.
 * @param published [k], or `undefined` where the metric was withheld: then there are no estimates beside the truth.
 */
export function outcomeOf(
  { title, buckets }: SimulatedMetric,
  truth: Uint32Array,
  published: readonly Interval[] | undefined,
): MetricOutcome {
  const rows = buckets.map((bucket, at): OutcomeRow => {
    const own = truth[at]!
    const interval = published?.[at]
    if (!interval) return { bucket, truth: own }
    const { value, low, high } = interval
    return { bucket, truth: own, value, low, high, holds: low <= own && own <= high }
  })
  return { title, reports: truth.reduce((sum, count) => sum + count, 0), rows }
}

/** How far estimates of a run were off: the root of the mean square over all buckets that have one; `undefined` where none has. In browsers. */
export function actualError(rows: readonly OutcomeRow[]): number | undefined {
  const squares = rows.flatMap(({ truth, value }) => (value === undefined ? [] : (value - truth) ** 2))
  return squares.length === 0 ? undefined : Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
}

/** Whether the truth of a bucket lies outside its interval. */
export function missing({ holds }: OutcomeRow): boolean {
  return holds === false
}

/** How many intervals hold the truth, of how many there are. */
export function coverage(outcomes: readonly MetricOutcome[]): { readonly holding: number; readonly intervals: number } {
  const answers = outcomes.flatMap(({ rows }) => rows.flatMap(({ holds }) => holds ?? []))
  return { holding: answers.filter(Boolean).length, intervals: answers.length }
}

/** A run in a sentence. */
export function coverageSentence(outcomes: readonly MetricOutcome[]): string {
  const { holding, intervals } = coverage(outcomes)
  if (intervals === 0) return `Nothing is published: fewer than ${LEAST_REPORTS} reports are too few to say anything.`
  const share = holding === intervals ? `all ${intervals}` : `${holding} of ${intervals}`
  return `The truth lies within ${share} intervals. Each is right 95 times of 100, so about ${Math.round(intervals * 0.95)} were to be expected.`
}
