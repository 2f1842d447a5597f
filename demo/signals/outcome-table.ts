import { h } from '../dom/element'
import type { MetricOutcome, OutcomeRow } from './outcome'

const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** All buckets of a metric: how many are truly in each, and what is or would be estimated. In browsers. */
export function outcomeTable({ title, rows }: MetricOutcome): HTMLElement {
  const isDrawn = rows.some(({ value }) => value !== undefined)
  const head = [
    'Bucket',
    'Truth',
    ...(isDrawn ? ['Estimate'] : []),
    isDrawn ? '95 % interval' : '95 of 100 estimates',
    ...(isDrawn ? ['Holds'] : []),
  ]
  return h(
    'div',
    { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': `Figures: ${title}` },
    h(
      'table',
      { class: 'table' },
      h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...rows.map((row) => line(row, isDrawn))),
    ),
  )
}

function line({ bucket, truth, value, low, high, holds }: OutcomeRow, isDrawn: boolean): HTMLElement {
  const interval = low === undefined || high === undefined ? 'withheld' : `${COUNT.format(low)} to ${COUNT.format(high)}`
  return h(
    'tr',
    { class: holds === false ? 'crowd__miss' : undefined },
    h('th', { scope: 'row' }, bucket),
    h('td', {}, COUNT.format(truth)),
    isDrawn ? h('td', {}, value === undefined ? '' : COUNT.format(value)) : undefined,
    h('td', {}, interval),
    isDrawn ? h('td', {}, holds === undefined ? '' : holds ? 'yes' : 'no') : undefined,
  )
}
