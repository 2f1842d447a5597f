import type { Card, Verdict } from '../cards/card'
import { h } from '../dom/element'

/** The whole week in a minute: a tile a metric, each a way to its card. */
export function glanceTiles(cards: readonly Card[]): HTMLElement {
  return h(
    'section',
    { class: 'glance', 'aria-labelledby': 'glance' },
    h('h2', { id: 'glance' }, 'In a minute'),
    h('ul', { class: 'tiles' }, ...cards.map(tile)),
  )
}

function tile({ id, title, kind, glance: { figure, says, verdict } }: Card): HTMLElement {
  return h(
    'li',
    { class: kind === 'withheld' ? 'tile tile--withheld' : 'tile' },
    h('a', { class: 'tile__title', href: `#${id}` }, title),
    // A name may be long; a figure seldom is.
    h('p', { class: figure.length > 14 ? 'tile__figure tile__figure--long' : 'tile__figure' }, figure),
    h('p', { class: 'tile__says' }, says),
    h('p', { class: `verdict verdict--${verdict.kind}` }, h('span', { 'aria-hidden': 'true' }, `${SIGNS[verdict.kind]} `), verdict.text),
  )
}

const SIGNS: Readonly<Record<Verdict['kind'], string>> = { up: '▲', down: '▼', unclear: '≈', none: '·' }
