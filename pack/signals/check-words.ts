import { textTable } from '../evaluate/text-table'
import type { CheckedMetric, PlanCheck } from './check-plan'
import { count, many, percent, points, rough, round } from './figures'
import { plainWords } from './plain-words'
import { warningsOf } from './plan-warnings'
import type { Precision } from './precision'
import { yearWords } from './year-words'

/** A check for people: what was assumed, one line a metric and mode, warnings, and what an A/B test takes. */
export function checkWords(check: PlanCheck): readonly string[] {
  const warnings = warningsOf(check)
  return [
    ...assumptions(check),
    '',
    ...plainWords(check),
    '',
    ...(warnings.length > 0 ? ['To be changed:', ...warnings, ''] : []),
    'In full:',
    ...tableOf(check),
    '',
    ...experimentWords(check),
  ]
}

function assumptions({ audience, mode, participation, budget, metrics }: PlanCheck): readonly string[] {
  const { visitors, returning, fresh, visits, epochs } = audience
  return [
    `${many(metrics.length, 'metric')}, mode ${mode}; ${many(visitors, 'browser')} a week, ${many(epochs, 'week')} together`,
    `assumed: ${percent(returning)} come back the week after, ${percent(fresh)} come for the first time, ${visits} visits a week (one report leaves in each)`,
    `a browser that answers is asked ${round(budget.answers)} of ${metrics.length} metrics a week, which costs epsilon ${round(budget.weekEpsilon)} of 2; ${percent(participation)} of those that came back answer`,
    yearWords({ participation, budget }),
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

function experimentWords({ experiment }: PlanCheck): readonly string[] {
  const { from, to, epsilon, withoutPrivacy, oneBit, hidden, dap } = experiment
  return [
    `An A/B test that is to see ${percent(from)} become ${percent(to)} takes, at epsilon ${round(epsilon)}, so many reports of both variants together:`,
    `  ${rough(withoutPrivacy)} if nothing were randomized, ${rough(dap)} with DAP, ${rough(oneBit)} with the variant in clear and one randomized bit (experiment),`,
    `  ${rough(hidden)} with the variant randomized along with the outcome`,
  ]
}
