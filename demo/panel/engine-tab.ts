import type { Sotto, Status } from 'sotto'
import { h } from '../dom/element'
import type { Faults } from '../shop/faults'
import { BACKENDS, calibrationTable, computeFacts } from './compute-facts'
import { type Fact, factList } from './fact-list'
import type { PanelTab } from './panel-tab'

/** Who computes, on what, and how long it took. */
export function engineTab(sotto: Sotto, faults: Faults): PanelTab {
  const body = h('div', {})
  const element = h('section', { class: 'panel__tab' }, body)
  const draw = async () => {
    const status = await sotto.status()
    body.replaceChildren(
      h('h3', {}, 'Shelves of this page'),
      shelfTable(),
      h('h3', {}, 'Engine'),
      factList(factsOf(status)),
      h('h3', {}, 'What a query costs on this device'),
      calibrationTable(status.compute),
      ...(faults.all.length === 0
        ? []
        : [h('h3', {}, 'What went wrong'), factList(faults.all.map(({ message, count }) => [`${count} ×`, message]))]),
    )
  }
  return { id: 'engine', label: 'Engine', element, draw }
}

function shelfTable(): HTMLElement {
  const rows = [...document.querySelectorAll('sotto-shelf')].flatMap((shelf) => {
    const { recommendation } = shelf
    if (!recommendation) return []
    const { strategy, backend, ms, items } = recommendation
    const time = ms < 0.1 ? 'under 0.1 ms' : `${ms.toFixed(1)} ms`
    return [
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, strategy),
        h('td', {}, String(items.length)),
        h('td', {}, BACKENDS[backend]),
        h('td', {}, time),
      ),
    ]
  })
  if (rows.length === 0) return h('p', { class: 'panel__empty' }, 'The engine has filled no shelf of this page.')
  const head = ['Shelf', 'Items', 'Scored by', 'In the worker'].map((name) => h('th', { scope: 'col' }, name))
  return h('table', { class: 'table' }, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows))
}

const WORKER_STATES = { 'not-started': 'not started', starting: 'starting', ready: 'running', failed: 'failed' } as const

const ENCODER_STATES = { 'not-loaded': 'not needed so far, so not loaded', loaded: 'loaded', failed: 'failed to load' } as const

function factsOf({ worker, compute, catalog, encoder, version }: Status): Fact[] {
  const items = catalog.loaded === catalog.total ? String(catalog.loaded) : `${catalog.loaded} of ${catalog.total} so far`
  const from = { none: '', disk: ', from this device’s disk', network: ', from the shop’s own files', page: ', from the page' }[
    catalog.from
  ]
  return [
    ['Web Worker', WORKER_STATES[worker.state] + (worker.restarts > 0 ? `, restarted ${worker.restarts} times` : '')],
    ...(worker.fault ? ([['Worker’s fault', worker.fault.message]] as const) : []),
    ...computeFacts(compute),
    ['Products known', items + from],
    ...(catalog.fault ? ([['Catalogue’s fault', catalog.fault.message]] as const) : []),
    ['Text encoder', ENCODER_STATES[encoder]],
    ['Version', version],
  ]
}
