import type { Interval, PublishedMetric } from '../../../src/shared/signals/estimates'
import type { MetricKind, SignalPlan } from '../../../src/shared/signals/signal-plan'
import type { Change } from '../statistics/change'

/** One metric of one week, computed and put into words: all that its card draws. */
export type Card = CardHead & (WithheldCard | BucketCard | MeanCard | ExperimentCard)

export type CardHead = {
  /** Unique on the page, and fit for an element's id. */
  readonly id: string
  readonly title: string
  readonly counts: MetricKind
  /** Said where more than one plan asked the same. */
  readonly planNote: string | undefined
  /** What it rests on; empty where it is withheld. */
  readonly basis: string
  /** Sentences, the most important first. */
  readonly reading: readonly string[]
  readonly glance: Glance
}

/** The same in a tile at the top of the page. */
export type Glance = {
  /** "31–37 %" */
  readonly figure: string
  /** What the figure is of. */
  readonly says: string
  readonly verdict: Verdict
}

export type Verdict = {
  readonly kind: Change['direction'] | 'none'
  readonly text: string
}

export type WithheldCard = { readonly kind: 'withheld' }

export type BucketCard = {
  readonly kind: 'buckets'
  /** As they are drawn, from the top down. */
  readonly rows: readonly BucketRow[]
  readonly trend: Trend
  /** Why few differences are called; absent where one is looked at. */
  readonly caution: string | undefined
}

/** A bar, and a line of the table. */
export type BucketRow = {
  readonly label: string
  /** Of the browsers that came back. */
  readonly share: Interval
  /** Against the week compared with, if there is one. */
  readonly change: Change | undefined
  /** Drawn paler: it names nothing of the list. */
  readonly isAside: boolean
}

export type MeanCard = {
  readonly kind: 'mean'
  /** Behind a number; empty where it has none. */
  readonly unit: string
  /** One nameless, or one a coordinate. */
  readonly rows: readonly { readonly label: string; readonly mean: Interval; readonly reports: number }[]
  readonly trend: Trend
  readonly caution: string | undefined
}

export type ExperimentCard = {
  readonly kind: 'experiment'
  readonly goal: string
  readonly variants: readonly { readonly label: string; readonly reports: number; readonly rate: Interval }[]
  /** Against the first variant, a point a week and one for all weeks together. */
  readonly differences: readonly VariantDifference[]
  readonly caution: string | undefined
}

export type VariantDifference = {
  readonly label: string
  readonly week: Change
  /** Absent where there is one week only. */
  readonly all: (Change & { readonly weeks: number }) | undefined
}

/** How one number went from week to week, the earliest first. */
export type Trend = {
  /** What the line is of. */
  readonly label: string
  /** `share` or a number in the unit of the card. */
  readonly scale: 'share' | 'number'
  readonly points: readonly (Interval & { readonly epoch: number })[]
}

/** A published metric that is not withheld, and where its noise is from: each report, or the sum. */
export type OpenMetric = PublishedMetric & {
  readonly groups: NonNullable<PublishedMetric['groups']>
  readonly mode: NonNullable<SignalPlan['mode']>
}

/** A metric with what was said of the same question in earlier weeks. */
export type Series = {
  readonly epoch: number
  readonly metric: OpenMetric
  /** Latest first, one a week; those withheld are left out. */
  readonly earlier: readonly { readonly epoch: number; readonly metric: OpenMetric }[]
}
