import { inclusionChances } from '../../src/shared/signals/coverage'
import { isAskedFirst } from '../../src/shared/signals/first-session'
import { costOf } from '../../src/shared/signals/metric-design'
import { PLAN_DEFAULTS } from '../../src/shared/signals/plan-defaults'
import { EPOCH_BUDGET, MICRO, YEAR_BUDGET, YEAR_EPOCHS } from '../../src/shared/signals/privacy-budget'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import type { Audience } from './audience'

export type ExpectedReports = {
  /** By metric: share of the browsers that could answer which are asked it. */
  readonly coverage: readonly number[]
  /** By metric: reports in all of the epochs together, while nobody's year is spent. */
  readonly reports: readonly number[]
  /** Metrics that a browser which answers is asked in a week, on average. */
  readonly answers: number
  /** Epsilon that they cost. */
  readonly weekEpsilon: number
  /** Weeks in which a browser can answer before its year's budget is spent. */
  readonly weeksAYear: number
  /** Of the weeks in which a browser that comes every week would answer: the share in which it still has a budget for it. */
  readonly regularsHeard: number
}

/**
 * How many reports a plan will bring, on average. Coming back, coming first and taking part are taken as independent; a browser that comes
 * back has `visits` visits in that week, and sends one report in each. One that answers in its first session sends one report in it, of a
 * metric drawn evenly from those that are asked then, and no other about that week.
 */
export function expectedReports(plan: SignalPlan, audience: Audience): ExpectedReports {
  const { participation = PLAN_DEFAULTS.participation, firstSession = PLAN_DEFAULTS.firstSession, metrics } = plan
  const { visitors, returning, fresh, visits, epochs } = audience
  const costs = metrics.map(costOf)
  const chances = inclusionChances(costs, EPOCH_BUDGET)
  const answers = chances.reduce((sum, chance) => sum + chance, 0)
  const weekEpsilon = chances.reduce((sum, chance, at) => sum + chance * costs[at]!, 0) / MICRO // as many costs as chances
  const atOnce = fresh * firstSession
  const sentLater = returning * participation * Math.min(1, visits / answers)
  const askedFirst = metrics.filter(isAskedFirst).length
  const sentAtOnce = metrics.map((metric) => (isAskedFirst(metric) ? atOnce / askedFirst : 0))
  const weeksAYear = YEAR_BUDGET / MICRO / weekEpsilon
  return {
    coverage: chances.map((chance) => chance * participation),
    reports: chances.map((chance, at) => visitors * epochs * (chance * (1 - atOnce) * sentLater + sentAtOnce[at]!)), // as many
    answers,
    weekEpsilon,
    weeksAYear,
    regularsHeard: Math.min(1, weeksAYear / (YEAR_EPOCHS * participation)),
  }
}
