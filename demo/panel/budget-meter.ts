import { h } from '../dom/element'
import type { BudgetLine } from './budget-lines'

/** Budgets are counted in millionths. */
const MICRO = 1_000_000

/** What of each budget is spent, as a bar. */
export function budgetMeter(lines: readonly BudgetLine[]): HTMLElement {
  return h('ul', { class: 'bars' }, ...lines.map(bar))
}

function bar({ name, spent, limit }: BudgetLine): HTMLElement {
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

/** Millionths as epsilon, never less than they are: 1000000 is `1`, 500001 is `0.51`. */
export function epsilon(micro: number): string {
  return String(Math.ceil((micro / MICRO) * 100) / 100)
}
