import { WITHHELD } from '../../../src/shared/signals/estimates'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { bonferroni } from '../statistics/normal-quantile'
import { count, percent } from './percent'

/** What a figure rests on. @param coverage share of the browsers that came back which were asked. */
export function basisWords(reports: number, coverage: number, epsilon: number): string {
  const asked =
    coverage >= 1
      ? 'every browser that came back was asked'
      : `${percent(coverage)} of the browsers that came back were asked, drawn at random`
  return `${count(reports)} reports · ${asked} · ε\u00a0=\u00a0${epsilon}`
}

/** Whose answers these are. @param firstSession share of new browsers that answer on their first visit. */
export function comersSentence(firstSession: number): string {
  const once =
    firstSession > 0
      ? `So that those who come once are heard too, ${percent(firstSession)} of new browsers, drawn at random, answer on their first visit.`
      : 'Those who come only once are not heard at all.'
  return `A browser reports on a week when it comes back in the next one; that is why these are not “visitors”. ${once}`
}

/** What epsilon means, in one sentence. @param mode where noise is added: to each report on the device, or to the sum of two operators. */
export function epsilonSentence(epsilon: number, mode: NonNullable<SignalPlan['mode']> = 'local'): string {
  const times = Math.exp(epsilon)
  if (mode === 'dap')
    return (
      `Every answer is split between two operators, neither of whom can read it, and noise is added to their sum: with ε = ${epsilon}, whatever is ` +
      `published is at most ${times.toFixed(times < 10 ? 1 : 0)} times as likely with any one answer as with another in its place.`
    )
  return (
    `Every answer is randomized on the visitor’s own device before it leaves: with ε = ${epsilon}, whatever a report says is at most ` +
    `${times.toFixed(times < 10 ? 1 : 0)} times as likely to come from one visitor as from any other, so that none of them proves anything and only their sum does.`
  )
}

/** Why a metric of a week is not shown. */
export const WITHHELD_SENTENCE = `Withheld: ${WITHHELD} came. So few could tell on single visitors, and the randomization would drown what they say. How many there were is not told either.`

/** What it takes to be called a change where several are looked at. @param comparisons at least 2. */
export function cautionSentence(comparisons: number): string {
  return (
    `${comparisons} differences are looked at together: only what holds with ${percent(bonferroni(comparisons), comparisons > 5 ? 2 : 1)} ` +
    '(95\u00a0% after Bonferroni’s correction) counts as one.'
  )
}
