import { h } from '../dom/element'
import { type ChartRow, chartRows } from './chart-rows'
import type { QualitySet } from './quality-file'

const FIGURE = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 })

/** All figures of a set: a row a model in the order of the charts, each value with its standard error. */
export function qualityTable(set: QualitySet): HTMLElement {
  const { title, metrics } = set
  const columns = metrics.map(({ id }) => new Map(chartRows(set, id).map((row) => [row.label, row])))
  const rows = chartRows(set, metrics[0]?.id ?? '')
  // Where all is ours there is nothing to tell apart.
  const hasSources = rows.some(({ isOurs }) => !isOurs)
  const row = (name: string, figures: readonly string[], source: string, isOurs: boolean) =>
    h(
      'tr',
      { class: isOurs && hasSources ? 'quality__ours' : undefined },
      h('th', { scope: 'row' }, name),
      ...figures.map((figure) => h('td', {}, figure)),
      hasSources ? h('td', {}, source) : undefined,
    )
  const models = rows.map(({ label, isOurs, source = '' }) =>
    row(
      label,
      columns.map((of) => written(of.get(label))),
      isOurs ? 'measured here' : source,
      isOurs,
    ),
  )
  const chances = metrics.map(({ chance }) => (chance === undefined ? '' : FIGURE.format(chance)))
  const head = ['Model', ...metrics.map(({ label, id }) => `${label} (${id.toUpperCase()})`), ...(hasSources ? ['From'] : [])]
  return h(
    'div',
    { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': `Figures: ${title}` },
    h(
      'table',
      { class: 'table' },
      h('caption', {}, 'Means over all guesses, each with its standard error.'),
      h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...models, chances.some(Boolean) ? row('Pure chance', chances, '', false) : undefined),
    ),
  )
}

function written(row: ChartRow | undefined): string {
  if (!row) return ''
  return FIGURE.format(row.value) + (row.error === undefined ? '' : ` ± ${FIGURE.format(row.error)}`)
}
