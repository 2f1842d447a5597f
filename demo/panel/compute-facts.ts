import type { Status } from 'sotto'
import { h } from '../dom/element'
import type { Fact } from './fact-list'

type Compute = Status['compute']

/** What people call the places that compute. */
export const BACKENDS = { webgpu: 'Graphics processor', wasm: 'WebAssembly', js: 'JavaScript', none: 'not needed yet' } as const

const VARIANTS = { 'relaxed-simd': ' (relaxed SIMD)', simd: ' (SIMD)' } as const

const TENSORS = { ...BACKENDS, cpu: 'JavaScript' } as const

/** Who scores and who would run models, in words. */
export function computeFacts({ backend, requested, variant, reason, adapter, steps, tensors }: Compute): readonly Fact[] {
  const asked = requested === 'auto' ? 'whatever is fastest here' : BACKENDS[requested]
  return [
    ['Products are scored by', `${BACKENDS[backend]}${variant ? VARIANTS[variant] : ''}; asked for: ${asked}`],
    ['Why', reason],
    ...(adapter ? ([['Graphics processor', adapter]] as const) : []),
    ...steps.map(({ from, to, reason: why }) => ['Handed over', `from ${BACKENDS[from]} to ${BACKENDS[to]}: ${why}`] as const),
    ['Neural models are run by', `${tensors.backend === 'none' ? 'nothing so far' : TENSORS[tensors.backend]}: ${tensors.reason}`],
  ]
}

/** What one query over the shop's products costs on each, measured on this very device; says so where it was not measured. */
export function calibrationTable({ calibration }: Compute): HTMLElement {
  if (!calibration) return h('p', { class: 'panel__empty' }, 'Not measured yet: that waits until the page has nothing better to do.')
  const { items, rows, measuredAt } = calibration
  const head = ['Scored by', 'One query', 'Note'].map((name) => h('th', { scope: 'col' }, name))
  const body = rows.map(({ backend, ms, note = '' }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, BACKENDS[backend]),
      h('td', {}, ms === undefined ? 'not measured' : `${ms < 0.01 ? 'under 0.01' : ms.toPrecision(2)} ms`),
      h('td', {}, note),
    ),
  )
  const caption = `Over ${items} products, measured ${new Date(measuredAt).toLocaleString()} in a moment of rest.`
  return h('table', { class: 'table' }, h('caption', {}, caption), h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body))
}
