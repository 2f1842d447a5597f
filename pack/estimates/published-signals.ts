import { epochOf } from '../../src/shared/signals/epoch'
import type { EstimatesDocument, Interval, PublishedGroup, PublishedMetric } from '../../src/shared/signals/estimates'
import { PLAN_DEFAULTS } from '../../src/shared/signals/plan-defaults'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { Z95 } from '../../src/shared/signals/z95'

/** Older ones say little of today. */
const MOST_AGE_EPOCHS = 14
/** Width of a 95 % interval in standard errors. */
const WIDTH = 2 * Z95

/** Half the interval of a coordinate that nobody reported, in clips. */
const UNKNOWN = 1000

/** The kinds of metric that a pack learns from. */
export const LEARNED_KINDS = ['item', 'interest', 'ranker'] as const
type LearnedKind = (typeof LEARNED_KINDS)[number]
type LearnedMetric = Extract<Metric, { counts: LearnedKind }>

/** What one epoch said. */
export type Round = {
  readonly epoch: number
  /** Reports that it rests on. */
  readonly reports: number
  /** [names] browsers of each; of `ranker`, the mean of each coordinate. */
  readonly values: Float64Array
  /** [names] of the noise that keeps each report private, and of `ranker` all there is. Above 0. */
  readonly variances: Float64Array
}

/** Metrics that ask the same, whatever plans they stand in. */
export type PublishedSignal = {
  readonly counts: LearnedKind
  /** For people: what was asked. */
  readonly title: string
  /** Item ids, categories, or features of the ranker. */
  readonly names: readonly string[]
  /** Latest first, at least one. */
  readonly rounds: readonly Round[]
}

/** Why something published is not learned from. */
export type NotTaken = { readonly title: string; readonly why: string }

/**
 * Takes what can be learned from out of what was published: of the last epochs, those that ask the same together.
 * @param now ms since 1970.
 */
export function publishedSignals({ plans, epochs }: EstimatesDocument, now: number): { signals: PublishedSignal[]; notTaken: NotTaken[] } {
  const signals = new Map<string, PublishedSignal>()
  const notTaken = new Map<string, NotTaken>()
  for (const { epoch, metrics } of epochs.toSorted((a, b) => b.epoch - a.epoch)) {
    for (const published of metrics) {
      const metric = metricOf(plans, published)
      if (!metric) continue
      const title = titleOf(metric)
      const skip = (why: string) => notTaken.set(`${title}\n${why}`, { title, why })
      if (epochOf(now) - epoch > MOST_AGE_EPOCHS) skip(`epochs more than ${MOST_AGE_EPOCHS} weeks ago say little of today`)
      else if (!published.groups) skip(`an epoch is withheld: ${published.withheld}`)
      else {
        const names = namesOf(metric)
        const key = JSON.stringify([
          metric.counts,
          metric.counts === 'item' ? metric.event : '',
          metric.counts === 'ranker' ? (metric.clip ?? PLAN_DEFAULTS.clip) : 0,
          names,
        ])
        const known = signals.get(key) ?? { counts: metric.counts, title, names, rounds: [] }
        signals.set(key, { ...known, rounds: [...known.rounds, roundOf(metric, epoch, published.groups)] })
      }
    }
  }
  return { signals: [...signals.values()], notTaken: [...notTaken.values()] }
}

function metricOf(plans: EstimatesDocument['plans'], { plan, name }: PublishedMetric): LearnedMetric | undefined {
  const metric = plans[plan]?.metrics.find((one) => one.name === name)
  return metric && isLearned(metric) ? metric : undefined
}

function isLearned(metric: Metric): metric is LearnedMetric {
  return LEARNED_KINDS.some((kind) => kind === metric.counts)
}

function titleOf(metric: LearnedMetric): string {
  switch (metric.counts) {
    case 'item':
      return `items ${metric.event} (${metric.name})`
    case 'interest':
      return `categories of interest (${metric.name})`
    case 'ranker':
      return `the ranker's weights (${metric.name})`
    default:
      return metric satisfies never
  }
}

function namesOf(metric: LearnedMetric): readonly string[] {
  switch (metric.counts) {
    case 'item':
      return metric.items
    case 'interest':
      return metric.categories
    case 'ranker':
      return metric.features
    default:
      return metric satisfies never
  }
}

/** @param groups as the reader of estimates has checked them: of the metric, its buckets in their order. */
function roundOf(metric: LearnedMetric, epoch: number, groups: readonly PublishedGroup[]): Round {
  if (metric.counts === 'ranker') {
    const clip = metric.clip ?? PLAN_DEFAULTS.clip
    const means = groups.map(({ mean }) => mean ?? { value: 0, low: -UNKNOWN * clip, high: UNKNOWN * clip })
    return { epoch, reports: groups.reduce((sum, { reports }) => sum + reports, 0), ...numbersOf(means) }
  }
  const [{ buckets, reports }] = groups as readonly [PublishedGroup] // one nameless group, as was checked
  // What fits nowhere stands first and last.
  return { epoch, reports, ...numbersOf(buckets.slice(1, -1)) }
}

function numbersOf(intervals: readonly Interval[]): Pick<Round, 'values' | 'variances'> {
  return {
    values: Float64Array.from(intervals, ({ value }) => value),
    variances: Float64Array.from(intervals, ({ low, high }) => Math.max(Number.MIN_VALUE, ((high - low) / WIDTH) ** 2)),
  }
}
