import { LEAST_REPORTS } from '../../src/shared/signals/estimates'
import type { CheckedMetric, PlanCheck } from './check-plan'
import { percent } from './figures'
import type { Precision } from './precision'

/** What the estimates will say, by an example for each metric, as the plan is. */
export function plainWords(check: PlanCheck): readonly string[] {
  const { epochs } = check.audience
  const weeks = epochs === 1 ? 'one week' : `${epochs} weeks together`
  return [`What ${weeks} will tell:`, ...check.metrics.map((metric) => `  ${metric.name} (${metric.title}): ${exampleOf(metric, check)}`)]
}

function exampleOf(metric: CheckedMetric, { mode, audience, experiment }: PlanCheck): string {
  const { buckets, counts, whole, reports } = metric
  const precision = precisionIn(mode, metric)
  if (!precision || reports / audience.epochs < LEAST_REPORTS)
    return `nothing: of fewer than ${LEAST_REPORTS} reports a week all is withheld`
  const { even, change } = precision
  if (counts === 'experiment') {
    const { from } = experiment
    if (change === undefined) return 'no difference of rates that there may be'
    return `a rate of ${percent(from)} is told from one of ${shown(from + change, change)}`
  }
  const truth = 1 / buckets
  const says = `where the truth is ${shown(truth, even)}${whole === undefined ? '' : ` of ${whole}`}, it says ${shown(truth - even, even)} to ${shown(truth + even, even)}`
  if (even > truth) return `too little: ${says}`
  return change === undefined ? says : `${says}; a rise is seen from ${shown(truth + change, even)} on`
}

/** A share as exactly as it is known, and small ones with a digit more. */
function shown(share: number, error: number): string {
  const least = share > 0 && share < 0.1 ? 1 : 0
  const decimals = Math.min(3, Math.max(least, Math.ceil(-Math.log10(100 * error))))
  return `${Number((100 * Math.min(1, Math.max(0, share))).toFixed(decimals))} %`
}

/** Of the mode that the plan is in: with DAP, both operators add noise. */
export function precisionIn(mode: PlanCheck['mode'], { local, dap }: CheckedMetric): Precision | undefined {
  return mode === 'local' ? local : dap?.two
}
