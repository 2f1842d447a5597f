import { h } from '../dom/element'

export type Fact = readonly [name: string, value: string | Node]

/** Names and values in two columns. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return h('dl', { class: 'facts facts--panel' }, ...facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))))
}
