import { LEAST_REPORTS } from '../../src/shared/signals/estimates'
import { YEAR_EPOCHS } from '../../src/shared/signals/privacy-budget'
import type { CheckedMetric, PlanCheck } from './check-plan'
import { count, percent, points, round } from './figures'
import { precisionIn } from './plain-words'
import { lastingWeeks } from './year-words'

/** With more, one browser's week cannot pay for all of them at epsilon 1. */
const FEW_METRICS = 2
/** Rates of shops are some per cent: what changes them by a whole one is seen without a test. */
const COARSE_CHANGE = 0.01
/** A season: whoever is missing sooner is missing from most of what a shop looks at. */
const FEWEST_WEEKS = 13

/** What should be changed. */
export function warningsOf(check: PlanCheck): readonly string[] {
  return [...budgetWarnings(check), ...check.metrics.flatMap((metric) => metricWarnings(metric, check.mode, check.audience.epochs))]
}

function budgetWarnings({ metrics, budget, participation, mode, audience }: PlanCheck): readonly string[] {
  // A sum of chances: 7.999… of 8 are all.
  const answers = Number(budget.answers.toFixed(6))
  const warnings: string[] = []
  const weeks = lastingWeeks({ participation, budget })
  if (weeks < FEWEST_WEEKS) {
    const lasting = Math.floor((1000 * budget.weeksAYear) / FEWEST_WEEKS) / 1000
    warnings.push(
      `! participation ${participation}: a browser that comes every week has spent its year's budget after ${round(weeks)} weeks, so that regular visitors are missing from then on; participation ${lasting} lasts ${FEWEST_WEEKS} weeks, with as many fewer reports a week`,
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

function metricWarnings(metric: CheckedMetric, mode: PlanCheck['mode'], epochs: number): readonly string[] {
  const { name, reports, buckets, counts } = metric
  const ofOne = reports / epochs
  if (ofOne < LEAST_REPORTS)
    return [`! ${name}: ${count(ofOne)} reports a week are too few: the collector withholds what rests on less than ${LEAST_REPORTS}`]
  const precision = precisionIn(mode, metric)
  if (!precision) return []
  const { change, even } = precision
  if (counts === 'experiment') {
    if (change !== undefined && change <= COARSE_CHANGE) return []
    const remedy = mode === 'local' ? 'use DAP, or more weeks' : 'more weeks'
    return [
      `! ${name}: a rate must change by ${change === undefined ? 'more than there is' : `${points(change)} points`} to be seen: ${remedy}`,
    ]
  }
  if (even <= 1 / buckets) return []
  return [
    `! ${name}: an even part of ${points(1 / buckets)} points is known to ±${points(even)}, no better than nothing: ${remedies(epochs * (even * buckets) ** 2, mode)}`,
  ]
}

/** @param weeks that would do together: error falls with the square root of their number, in both modes. */
function remedies(weeks: number, mode: PlanCheck['mode']): string {
  const together = Math.ceil(weeks)
  const more = together <= YEAR_EPOCHS ? [`look at ${together} weeks together or more (--epochs ${together})`] : []
  return [...more, 'ask of fewer buckets', ...(mode === 'local' ? ['use DAP'] : [])].join(', or ')
}
