import { h } from '../dom/element'
import { chartRows } from './chart-rows'
import type { QualitySet } from './quality-file'

const FIGURE = new Intl.NumberFormat('en', { minimumFractionDigits: 4, maximumFractionDigits: 4 })

/** All figures of a set: a row a model in the order of the charts, each value with its standard error. */
export function qualityTable(set: QualitySet): HTMLElement {
  const { title, metrics } = set
  const columns = metrics.map(({ id }) => new Map(chartRows(set, id).map((row) => [row.label, row])))
  const names = chartRows(set, metrics[0]?.id ?? '')
  const body = names.map(({ label, isOurs, source }) =>
    h(
      'tr',
      { class: isOurs ? 'quality__ours' : undefined },
      h('th', { scope: 'row' }, label),
      ...columns.map((rows) => {
        const row = rows.get(label)
        const error = row?.error === undefined ? '' : ` ± ${FIGURE.format(row.error)}`
        return h('td', {}, row ? FIGURE.format(row.value) + error : '')
      }),
      h('td', {}, isOurs ? 'measured here' : (source ?? '')),
    ),
  )
  const chance = metrics.map(({ chance: value }) => h('td', {}, value === undefined ? '' : FIGURE.format(value)))
  const head = ['Model', ...metrics.map(({ label, id }) => `${label} (${id.toUpperCase()})`), 'From'].map((name) =>
    h('th', { scope: 'col' }, name),
  )
  return h(
    'div',
    { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': `Figures: ${title}` },
    h(
      'table',
      { class: 'table' },
      h('caption', {}, 'Means over all guesses, each with its standard error.'),
      h('thead', {}, h('tr', {}, ...head)),
      h(
        'tbody',
        {},
        ...body,
        ...(metrics.some(({ chance: value }) => value !== undefined)
          ? [h('tr', {}, h('th', { scope: 'row' }, 'Pure chance'), ...chance, h('td', {}, ''))]
          : []),
      ),
    ),
  )
}
