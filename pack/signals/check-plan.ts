import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { costOf, designOf } from '../../src/shared/signals/metric-design'
import { titleOf } from '../../src/shared/signals/metric-words'
import { PLAN_DEFAULTS } from '../../src/shared/signals/plan-defaults'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import { type Metric, type MetricKind, MOST_BUCKETS, type SignalPlan } from '../../src/shared/signals/signal-plan'
import type { Audience } from './audience'
import { type ExpectedReports, expectedReports } from './expected-reports'
import { type ExperimentSize, experimentSize } from './experiment-size'
import { dapNoise, localNoise, type Precision, precisionOf } from './precision'

/** What a plan will tell, and what it will not, before it is used. */
export type PlanCheck = {
  readonly audience: Audience
  readonly mode: 'local' | 'dap'
  readonly participation: number
  readonly budget: Omit<ExpectedReports, 'coverage' | 'reports'>
  readonly metrics: readonly CheckedMetric[]
  /** What an A/B test of a rate takes, at the epsilon of the plan's own experiment, or else 1. */
  readonly experiment: ExperimentSize
}

export type CheckedMetric = {
  readonly name: string
  readonly counts: MetricKind
  readonly title: string
  readonly buckets: number
  /** Each is told of by its own reports alone. */
  readonly groups: number
  readonly epsilon: number
  /** What a share is of, where it is not of browsers: the share of `high` tells a number. */
  readonly whole?: string
  readonly coverage: number
  /** In all of the weeks together, of one group. */
  readonly reports: number
  /** Randomized on the device; absent where there are too many buckets for it, or no reports. */
  readonly local?: Precision
  /** Two operators: where one of them adds noise, and where each does. Absent without reports. */
  readonly dap?: { readonly one: Precision; readonly two: Precision }
}

export type CheckOptions = {
  /** The change of a rate that an A/B test is to see. Default 3 % to 3.3 %. */
  readonly from?: number
  readonly to?: number
}

/**
 * Works out how exact a plan's estimates will be.
 * @param plan as `readPlan` gives it.
 */
export function checkPlan(plan: SignalPlan, audience: Audience, { from = 0.03, to = 0.033 }: CheckOptions = {}): PlanCheck {
  const { coverage, reports, ...budget } = expectedReports(plan, audience)
  const test = plan.metrics.find(({ counts }) => counts === 'experiment')
  return {
    audience,
    mode: plan.mode ?? 'local',
    participation: plan.participation ?? 1,
    budget,
    metrics: plan.metrics.map((metric, at) => checkMetric(metric, coverage[at]!, reports[at]!, audience.epochs, from)), // one each
    experiment: experimentSize(from, to, test ? costOf(test) : MICRO),
  }
}

function checkMetric(metric: Metric, coverage: number, allReports: number, epochs: number, rate: number): CheckedMetric {
  const buckets = bucketsOf(metric).length
  const groups = groupsOf(metric).length
  const reports = allReports / groups
  const cost = costOf(metric)
  const from = metric.counts === 'experiment' ? rate : 1 / buckets
  const told = (aggregators: 1 | 2) => precisionOf(dapNoise(cost, aggregators, epochs), reports, buckets, from)
  return {
    name: metric.name,
    counts: metric.counts,
    title: titleOf(metric),
    buckets,
    groups,
    epsilon: cost / MICRO,
    ...wholeOf(metric),
    coverage,
    reports,
    ...(reports > 0 && buckets <= MOST_BUCKETS.local && { local: precisionOf(localNoise(designOf(metric)), reports, buckets, from) }),
    ...(reports > 0 && { dap: { one: told(1), two: told(2) } }),
  }
}

function wholeOf(metric: Metric): Pick<CheckedMetric, 'whole'> {
  if (metric.counts === 'mean') return { whole: `${metric.most} ${metric.currency}` }
  if (metric.counts !== 'ranker') return {}
  const { clip = PLAN_DEFAULTS.clip } = metric
  return { whole: `the way from -${clip} to ${clip}` }
}
