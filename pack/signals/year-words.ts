import type { PlanCheck } from './check-plan'
import { round } from './figures'

/** For how much of a year a regular visitor is heard of: a fact of every plan. */
export function yearWords({ participation, budget }: Pick<PlanCheck, 'participation' | 'budget'>): string {
  const answers = `each browser's budget of a year, 8, pays for ${round(budget.weeksAYear)} weeks of answers`
  const often = participation < 1 ? ' now and then' : ''
  return budget.regularsHeard < 1
    ? `${answers}: one that comes every week answers${often} for about ${Math.round(lastingWeeks({ participation, budget }))} weeks of a year, then rests`
    : `${answers}: one that comes every week is heard of all the year`
}

/** Until a browser that comes every week has spent its year, on average. */
export function lastingWeeks({ participation, budget }: Pick<PlanCheck, 'participation' | 'budget'>): number {
  return budget.weeksAYear / participation
}
