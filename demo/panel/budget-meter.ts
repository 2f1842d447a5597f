import type { BudgetStatement } from 'sotto'
import { epochStart } from 'sotto/signals'
import { h } from '../dom/element'

/** Budgets are counted in millionths. */
const MICRO = 1_000_000

/** What of the week's and the year's budget is spent, as two bars. */
export function budgetMeter({ epoch, epochSpent, epochLimit, yearSpent, yearLimit }: BudgetStatement): HTMLElement {
  return h('ul', { class: 'bars' }, bar(weekOf(epoch), epochSpent, epochLimit), bar('The year up to it', yearSpent, yearLimit))
}

function bar(name: string, spent: number, limit: number): HTMLElement {
  const fill = h('span', { class: 'bar__fill bar__fill--budget' })
  fill.style.setProperty('--share', String(spent / limit))
  return h(
    'li',
    { class: 'bar' },
    h('span', { class: 'bar__name' }, name),
    h('span', { class: 'bar__value' }, `${epsilon(spent)} of ${epsilon(limit)}`),
    h('span', { class: 'bar__rail', 'aria-hidden': 'true' }, fill),
  )
}

/** A week by its Monday: `Week of 16 November`. */
export function weekOf(epoch: number): string {
  return `Week of ${new Date(epochStart(epoch)).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })}`
}

/** Millionths as epsilon, never less than they are: 1000000 is `1`, 500001 is `0.51`. */
export function epsilon(micro: number): string {
  return String(Math.ceil((micro / MICRO) * 100) / 100)
}
