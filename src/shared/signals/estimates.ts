import type { MetricKind, SignalPlan } from './signal-plan'

/** Of fewer reports on one of its groups nothing is said of a metric. */
export const LEAST_REPORTS = 50
/** What is said instead. */
export const WITHHELD = `fewer than ${LEAST_REPORTS} reports` as const

/** What `GET /v1/estimates` answers: all that the collector ever says of what it counted. */
export type EstimatesDocument = {
  readonly sotto: 'estimates/1'
  /** Those that published epochs refer to, by hash (hex of SHA-256). */
  readonly plans: Readonly<Record<string, SignalPlan>>
  /** Latest first. Published once, when an epoch closes, and never changed. */
  readonly epochs: readonly PublishedEpoch[]
}

export type PublishedEpoch = {
  readonly epoch: number
  /** ISO 8601, UTC. */
  readonly begins: string
  readonly ends: string
  /** Several where the plan was changed in mid-epoch; each is counted for itself. */
  readonly metrics: readonly PublishedMetric[]
}

export type PublishedMetric = {
  readonly plan: string
  readonly name: string
  readonly counts: MetricKind
  readonly title: string
  /** Of one report. */
  readonly epsilon: number
  /** Share of the browsers that came back and could answer which were asked this: 1 where all were. */
  readonly coverage: number
  /** Absent where it is withheld. */
  readonly groups?: readonly PublishedGroup[]
  /** Why nothing is said. How many there were is not said either. */
  readonly withheld?: typeof WITHHELD
}

/** Whoever has a group is in it by chance: `''` where a metric has one. */
export type PublishedGroup = {
  readonly group: string
  readonly reports: number
  readonly buckets: readonly PublishedBucket[]
  /** `mean` and `ranker` only: in the metric's own unit. */
  readonly mean?: Interval
}

/** Unbiased, so it may be below 0 or above all; the interval covers the truth 95 times of 100. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number }

/** How many of the browsers that reported belong to a bucket. */
export type PublishedBucket = Interval & { readonly bucket: string }
