import { LEAST_REPORTS } from '../../src/shared/signals/estimates'
import { textTable } from '../evaluate/text-table'
import type { CheckedMetric, PlanCheck } from './check-plan'
import type { Precision } from './precision'

/** With more, one browser's week cannot pay for all of them at epsilon 1. */
const FEW_METRICS = 2
/** Rates of shops are some per cent: what changes them by a whole one is seen without a test. */
const COARSE_CHANGE = 0.01

/** A check for people: what was assumed, one line a metric and mode, warnings, and what an A/B test takes. */
export function checkWords(check: PlanCheck): readonly string[] {
  const warnings = warningsOf(check)
  return [...assumptions(check), '', ...tableOf(check), '', ...warnings, ...(warnings.length > 0 ? [''] : []), ...experimentWords(check)]
}

function assumptions({ audience, mode, participation, budget, metrics }: PlanCheck): readonly string[] {
  const { visitors, returning, fresh, visits, epochs } = audience
  return [
    `${many(metrics.length, 'metric')}, mode ${mode}; ${many(visitors, 'browser')} a week, ${many(epochs, 'week')} together`,
    `assumed: ${percent(returning)} come back the week after, ${percent(fresh)} come for the first time, ${visits} visits a week (one report leaves in each)`,
    `a browser that answers is asked ${round(budget.answers)} of ${metrics.length} metrics a week, which costs epsilon ${round(budget.weekEpsilon)} of 2; ${percent(participation)} of those that came back answer`,
  ]
}

function tableOf({ metrics }: PlanCheck): readonly string[] {
  const rows = metrics.flatMap((metric) => [
    [
      metric.name,
      String(metric.buckets),
      round(metric.epsilon),
      percent(metric.coverage),
      reportsOf(metric),
      'local',
      ...cells(metric.local),
    ],
    ['', '', '', '', '', 'DAP, noise of one', ...cells(metric.dap?.one)],
    ['', '', '', '', '', 'DAP, noise of two', ...cells(metric.dap?.two)],
  ])
  const columns = ['metric', 'buckets', 'epsilon', 'asked', 'reports', 'mode', '± rare', '± even', '± half', 'change seen']
  return [
    ...textTable(columns, rows).split('\n'),
    '',
    'asked: share of the browsers that come back, and have a budget left, which are asked this in a week;',
    '± is half of the 95 % interval of a share, in points of 100: of a bucket with next to nobody, with an even part of all, with half of all who reported;',
    'change seen: the least by which an even part must change from one such period to the next (of an experiment: a rate between variants) to be told from chance,',
    '80 % power at 5 %. Figures of mode local hold where reports are randomized on devices, those of DAP where two operators add noise to the sum.',
    ...metrics.flatMap(({ name, whole }) => (whole === undefined ? [] : [`${name}: the share is of ${whole}`])),
  ]
}

function reportsOf({ reports, groups }: CheckedMetric): string {
  return groups > 1 ? `${groups} x ${count(reports)}` : count(reports)
}

function cells(precision: Precision | undefined): readonly string[] {
  if (!precision) return ['-', '-', '-', '-']
  const { rare, even, half, change } = precision
  return [rare, even, half, change].map((share) => (share === undefined ? 'none' : points(share)))
}

/** What should be changed, or known. */
export function warningsOf(check: PlanCheck): readonly string[] {
  return [...budgetWarnings(check), ...check.metrics.flatMap((metric) => metricWarnings(metric, check.mode))]
}

function budgetWarnings({ metrics, budget, participation, mode, audience }: PlanCheck): readonly string[] {
  const { weeksAYear, weekEpsilon, regularsHeard } = budget
  // A sum of chances: 7.999… of 8 are all.
  const answers = Number(budget.answers.toFixed(6))
  const warnings: string[] = []
  if (regularsHeard < 1) {
    const lasting = Math.floor(participation * regularsHeard * 1000) / 1000
    warnings.push(
      `! a browser that comes every week has spent a year's budget (8) after ${round(weeksAYear)} answers of epsilon ${round(weekEpsilon)}, so after ${round(weeksAYear / participation)} weeks at participation ${participation}, and is heard of no more: participation ${lasting} lasts the year, with as many fewer reports`,
    )
  }
  if (answers > audience.visits) {
    warnings.push(
      `! ${round(answers)} reports a week do not fit into ${audience.visits} visits: the others expire, and what they cost is spent; fewer metrics, or fewer for each browser by a greater epsilon`,
    )
  }
  if (mode === 'local' && metrics.length > FEW_METRICS && answers < metrics.length) {
    warnings.push(
      `! ${metrics.length} metrics share each browser's week: each is asked of ${percent(answers / metrics.length)} of those that answer; two alone would be asked of all`,
    )
  }
  return warnings
}

function metricWarnings(metric: CheckedMetric, mode: 'local' | 'dap'): readonly string[] {
  const { name, reports, buckets, local, counts } = metric
  if (reports < LEAST_REPORTS)
    return [`! ${name}: ${count(reports)} reports are too few: the collector withholds what rests on less than ${LEAST_REPORTS}`]
  const precision = mode === 'local' ? local : metric.dap?.two
  if (!precision) return []
  const { change, even } = precision
  if (counts === 'experiment') {
    if (change !== undefined && change <= COARSE_CHANGE) return []
    return [
      `! ${name}: a rate must change by ${change === undefined ? 'more than there is' : `${points(change)} points`} to be seen: use DAP, or more weeks`,
    ]
  }
  if (even <= 1 / buckets) return []
  return [
    `! ${name}: an even part of ${points(1 / buckets)} points is known to ±${points(even)}, no better than nothing: fewer buckets, more weeks, or DAP`,
  ]
}

function experimentWords({ experiment }: PlanCheck): readonly string[] {
  const { from, to, epsilon, withoutPrivacy, oneBit, hidden, dap } = experiment
  return [
    `An A/B test that is to see ${percent(from)} become ${percent(to)} takes, at epsilon ${round(epsilon)}, so many reports of both variants together:`,
    `  ${rough(withoutPrivacy)} if nothing were randomized, ${rough(dap)} with DAP, ${rough(oneBit)} with the variant in clear and one randomized bit (experiment),`,
    `  ${rough(hidden)} with the variant randomized along with the outcome`,
  ]
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

function many(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** Two digits of it are as much as its assumptions bear. */
function rough(value: number): string {
  return value < 1e6 ? `${Math.round(value / 1000).toLocaleString('en-US')},000` : `${Number((value / 1e6).toPrecision(2))} million`
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function percent(share: number): string {
  return `${round(share * 100)} %`
}

/** Percentage points. */
function points(share: number): string {
  return (share * 100).toFixed(share < 0.001 ? 3 : 2)
}
