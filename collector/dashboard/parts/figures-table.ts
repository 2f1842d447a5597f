import { h } from '../dom/element'

/** All figures of a card, under a disclosure: what the charts draw, for eyes and ears that need it otherwise. The first column names its row. @param summary what is clicked to see it. @param caution what it takes to be called a change. */
export function figuresTable(
  summary: string,
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  caution?: string,
): HTMLElement {
  const row = ([name = '', ...figures]: readonly string[]) =>
    h('tr', {}, h('th', { scope: 'row' }, name), ...figures.map((figure) => h('td', {}, figure)))
  return h(
    'details',
    { class: 'figures' },
    h('summary', {}, summary),
    h(
      'div',
      { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': caption },
      h(
        'table',
        { class: 'table' },
        h('caption', {}, caution ? `${caption}. ${caution}` : caption),
        h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, ...rows.map(row)),
      ),
    ),
  )
}
