import { LEAST_REPORTS, Z95 } from 'sotto/signals'
import { expectedError, leastVisibleShare } from './expectation'
import { actualError, coverage, type MetricOutcome } from './outcome'
import type { SimulatedMetric } from './simulated-metric'

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** How exact estimates of a metric are to be expected, in words. */
export function expectationWords(metric: SimulatedMetric, visitors: number): string {
  const least = leastVisibleShare(metric, visitors)
  const visible =
    least >= 1 ? 'No bucket can be told from an empty one' : `From ${percent(least)} up a bucket can be told from an empty one`
  return `Expected: give or take ${reachWords(expectedError(metric, visitors), visitors)}, 95 times of 100. ${visible}.`
}

/** How far a run was off, beside what was to be expected of it: both as reaches, so that they can be compared. */
export function outcomeWords(metric: SimulatedMetric, outcome: MetricOutcome): string {
  const error = actualError(outcome.rows)
  if (error === undefined) return `Withheld: fewer than ${LEAST_REPORTS} reports.`
  const { reports } = outcome
  return `Expected: give or take ${reachWords(expectedError(metric, reports), reports)}. This run: give or take ${reachWords(error, reports)}.`
}

/** How far an estimate may be off, 95 times of 100. @param error the typical one, in browsers. */
function reachWords(error: number, reports: number): string {
  return `${COUNT.format(Z95 * error)} browsers (${percent((Z95 * error) / reports)})`
}

/** Where and with what a run was made. */
export type RunSettings = { readonly visitors: number; readonly epsilon: number; readonly isPosted: boolean }

/** A run in a line, to be compared with others. */
export function runWords({ visitors, epsilon, isPosted }: RunSettings, outcomes: readonly MetricOutcome[]): string {
  const { holding, intervals } = coverage(outcomes)
  const reaches = outcomes.map(({ rows, reports }) => percent((Z95 * (actualError(rows) ?? Number.NaN)) / reports))
  const where = isPosted ? 'by the collector' : 'in this page'
  const what =
    intervals === 0 ? 'nothing published' : `${holding} of ${intervals} intervals hold the truth; give or take ${reaches.join(' and ')}`
  return `${COUNT.format(visitors)} visitors, epsilon ${epsilon.toFixed(1)}, ${where}: ${what}`
}

/** Why reports go to the collector or stay in the page. */
export function whereWords(hasCollector: boolean, epsilon: number, planEpsilon: number): string {
  if (!hasCollector)
    return 'No collector answers here, so all is computed in this page, with the mechanism that ships. “npm start” runs one beside the shop.'
  if (epsilon === planEpsilon)
    return 'Every report is posted to the collector that runs beside this shop, up to 1,638 in a request; then the simulated week is ended, and published.'
  const rule =
    epsilon > 2
      ? 'No plan may ask for more than 2 a week'
      : `This shop’s plan asks for ${planEpsilon}, and its collector takes nothing else`
  return `${rule}: computed in this page only, with the mechanism that ships.`
}

function percent(share: number): string {
  const value = share * 100
  return Number.isFinite(value) ? `${value.toFixed(value < 9.95 ? 1 : 0)}\u00a0%` : 'none'
}
