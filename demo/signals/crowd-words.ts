import { expectedError, leastVisibleShare } from './expectation'
import { actualError, coverage, type MetricOutcome } from './outcome'
import type { SimulatedMetric } from './simulated-metric'

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
/** Of 95 % confidence. */
const Z = 1.96

/** How exact estimates of a metric are to be expected, in words. */
export function expectationWords(metric: SimulatedMetric, visitors: number): string {
  const reach = Z * expectedError(metric, visitors)
  const least = leastVisibleShare(metric, visitors)
  const visible = least >= 1 ? 'nothing can be told from nobody' : `from ${percent(least)} up a bucket can be told from nobody`
  return `Expected: give or take ${COUNT.format(reach)} browsers (${percent(reach / visitors)}); ${visible}.`
}

/** How far a run was off, beside what was to be expected. */
export function outcomeWords(metric: SimulatedMetric, outcome: MetricOutcome): string {
  const error = actualError(outcome.rows)
  if (error === undefined) return 'Withheld: fewer than 50 reports.'
  const expected = expectedError(metric, outcome.reports)
  return `Typical error of this run: ${COUNT.format(error)} browsers (${percent(error / outcome.reports)}); expected: ${COUNT.format(expected)}.`
}

/** Where and with what a run was made. */
export type RunSettings = { readonly visitors: number; readonly epsilon: number; readonly isPosted: boolean }

/** A run in a line, to be compared with others. */
export function runWords({ visitors, epsilon, isPosted }: RunSettings, outcomes: readonly MetricOutcome[]): string {
  const { holding, intervals } = coverage(outcomes)
  const errors = outcomes.map(({ rows, reports }) => percent((actualError(rows) ?? Number.NaN) / reports))
  const where = isPosted ? 'by the collector' : 'in this page'
  const what =
    intervals === 0 ? 'nothing published' : `${holding} of ${intervals} intervals hold the truth; typical errors ${errors.join(' and ')}`
  return `${COUNT.format(visitors)} visitors, epsilon ${epsilon.toFixed(1)}, ${where}: ${what}`
}

/** Why reports go to the collector or stay in the page. */
export function whereWords(hasCollector: boolean, epsilon: number, planEpsilon: number): string {
  if (!hasCollector)
    return 'No collector answers here, so all is computed in this page, with the mechanism that ships. “npm start” runs one beside the shop.'
  if (epsilon === planEpsilon)
    return 'Every report is posted to the collector that runs beside this shop, up to 1,638 in a request; then its clock is moved on, and the week is published.'
  const rule =
    epsilon > 2
      ? 'No plan may ask for more than 2 a week'
      : `This shop’s plan asks for ${planEpsilon}, and its collector takes nothing else`
  return `${rule}: computed in this page only, with the mechanism that ships.`
}

function percent(share: number): string {
  const value = share * 100
  return Number.isFinite(value) ? `${value.toFixed(value < 9.95 ? 1 : 0)} %` : 'none'
}
