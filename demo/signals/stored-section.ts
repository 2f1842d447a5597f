import { h } from '../dom/element'
import type { LocalCollector } from './local-collector'
import type { StoredTable } from './stored-table'

export type StoredSection = {
  readonly element: HTMLElement
  /** Reads the database and shows it as of that moment, beside what is shown of the other. */
  readonly snap: (moment: 'open' | 'closed') => Promise<void>
  /** Says that the collector does not answer any more. */
  readonly goOnAlone: () => void
}

const MOMENTS = {
  open: ['While the week is open', 'Sums of bits, and the one-time numbers of the reports, which stand in no relation to them.'],
  closed: ['After the week was closed', 'One-time numbers and sums of that week are gone, and what was published of it is left.'],
} as const

/** The collector's own database, row by row: what an intruder would find. */
export function storedSection(collector: LocalCollector | undefined): StoredSection {
  const state = h('p', { class: 'panel__empty', role: 'status' }, collector ? EMPTY : ABSENT)
  const shots = { open: h('div', {}), closed: h('div', {}) }
  const snap: StoredSection['snap'] = async (moment) => {
    if (!collector) return
    const tables = await collector.stored()
    const [heading, words] = MOMENTS[moment]
    state.textContent = ''
    if (moment === 'open') shots.closed.replaceChildren()
    shots[moment].replaceChildren(h('h3', {}, heading), h('p', {}, words), ...tables.map(tableOf))
  }
  const look = () => {
    snap('closed').catch((thrown: unknown) => {
      state.textContent = `It could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`
    })
  }
  const actions = collector
    ? h(
        'p',
        { class: 'stored__actions' },
        h('button', { type: 'button', class: 'button button--quiet', onclick: look }, 'Look into it now'),
        h(
          'a',
          { href: collector.url.href, target: '_blank', rel: 'noopener' },
          'What its owner sees: the dashboard of the simulated weeks',
        ),
      )
    : undefined
  const goOnAlone = () => {
    actions?.remove()
    state.textContent = ABSENT
  }
  const element = h(
    'section',
    { class: 'quality stored', 'aria-labelledby': 'stored-heading' },
    h(
      'header',
      { class: 'quality__head' },
      h('h2', { id: 'stored-heading' }, 'What an intruder would find'),
      h(
        'p',
        {},
        'Every table of the collector’s database. It holds no address, no browser’s name and no single report: not because somebody promised to delete them, but because they are never written.',
      ),
    ),
    actions,
    state,
    h('div', { class: 'stored__shots' }, shots.open, shots.closed),
  )
  return { element, snap, goOnAlone }
}

const EMPTY = 'A run above fills it: its tables are then shown as they are while the week is open, and as they are afterwards.'
const ABSENT = 'No collector answers here. “npm start” runs one beside the shop, and its tables are shown here.'

/** The tables that reports leave something in; the others are the same whoever reports. */
const TELLING = /nonces|totals/

const COUNT = new Intl.NumberFormat('en')

function tableOf({ name, columns, rows, first }: StoredTable): HTMLElement {
  const count = rows === 1 ? '1 row' : `${COUNT.format(rows)} rows`
  const summary = h('summary', {}, h('code', {}, name), ` ${count}`)
  if (rows === 0) return h('p', { class: 'stored__none' }, h('code', {}, name), ' empty')
  const body = first.map((fields) => h('tr', {}, ...fields.map((field) => h('td', {}, h('code', {}, field)))))
  const rest = rows - first.length
  return h(
    'details',
    { class: 'stored__table', open: TELLING.test(name) },
    summary,
    h(
      'div',
      { class: 'table-frame', tabindex: 0, role: 'region', 'aria-label': `Table ${name}` },
      h(
        'table',
        { class: 'table' },
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        h('tbody', {}, ...body),
      ),
    ),
    rest > 0 ? h('p', { class: 'panel__hint' }, `and ${COUNT.format(rest)} more like these`) : undefined,
  )
}
