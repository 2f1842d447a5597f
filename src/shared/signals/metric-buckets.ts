import { BACKENDS, FUNNEL_STAGES, type Metric, OUTCOMES, SEGMENTS } from './signal-plan'

/** Ranks by band: the first places one by one, since most clicks fall there. */
const RANKS = ['nothing clicked', '1', '2', '3 to 4', '5 to 8', '9 or lower'] as const
const ERROR_BANDS = ['none', '1', '2 to 3', '4 or more'] as const

/**
 * The buckets of a metric in their order, each by a name for people: the one home of what a report's bits mean, for device, collector and reader.
 * @returns k names, all different; `none` and `other` included where a visitor may fit nowhere.
 */
export function bucketsOf(metric: Metric): readonly string[] {
  switch (metric.counts) {
    case 'interest':
      return ['none', ...metric.categories, 'other']
    case 'item':
      return ['none', ...metric.items, 'other']
    case 'segment':
      return SEGMENTS[metric.by]
    case 'funnel':
      return FUNNEL_STAGES
    case 'shelf':
    case 'campaign':
      return OUTCOMES
    case 'amount':
      return ['nothing', ...bandsOf(metric.bands)]
    case 'latency':
      return ['not measured', ...bandsOf(metric.bands)]
    case 'rank':
      return RANKS
    case 'backend':
      return BACKENDS
    case 'errors':
      return ERROR_BANDS
    case 'mean':
    case 'ranker':
      return ['low', 'high']
    case 'experiment':
      return ['no', 'yes']
    default:
      return metric satisfies never
  }
}

/** What a report of this metric tells in clear beside its bits: nobody's secret, since it was drawn at random. One nameless group for most metrics. */
export function groupsOf(metric: Metric): readonly string[] {
  if (metric.counts === 'experiment') return metric.variants
  if (metric.counts === 'ranker') return metric.features
  return ['']
}

function bandsOf(bounds: readonly number[]): readonly string[] {
  const bands = bounds.map((bound, at) => (at + 1 < bounds.length ? `${bound} to ${bounds[at + 1]}` : `${bound} or more`))
  return [`below ${bounds[0]}`, ...bands]
}

/** The bucket of a value among bands by their lower bounds: 0 is below the first. */
export function bandOf(bounds: readonly number[], value: number): number {
  return bounds.filter((bound) => value >= bound).length
}
