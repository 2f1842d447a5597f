import { h } from '../dom/element'

/** A share as a bar with its name before and its value after it: 0 to 1. */
export function bar(name: string, share: number, note?: string): HTMLElement {
  const percent = `${Math.round(share * 100)} %`
  const fill = h('span', { class: 'bar__fill' })
  fill.style.setProperty('--share', String(Math.min(Math.max(share, 0), 1)))
  return h(
    'li',
    { class: 'bar' },
    h('span', { class: 'bar__name' }, name),
    h('span', { class: 'bar__value' }, percent),
    h('span', { class: 'bar__rail', 'aria-hidden': 'true' }, fill),
    note === undefined ? undefined : h('span', { class: 'bar__note' }, note),
  )
}
