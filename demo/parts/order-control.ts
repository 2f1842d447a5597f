import { h } from '../dom/element'

/** How a listing is ordered: for the visitor, as the shop has it, by price upwards, by price downwards. */
export type Order = 'own' | 'shop' | 'cheap' | 'dear'

const LABELS: readonly (readonly [Order, string])[] = [
  ['own', 'For you'],
  ['shop', 'Popular'],
  ['cheap', 'Price ↑'],
  ['dear', 'Price ↓'],
]

const SPOKEN: Readonly<Record<Order, string>> = { own: 'For you', shop: 'Popular', cheap: 'Cheapest first', dear: 'Dearest first' }

/** The switch between orders, as a group of radio buttons; begins with the visitor's own. */
export function orderControl(choose: (order: Order) => void): HTMLElement {
  const options = LABELS.map(([order, label]) =>
    h(
      'label',
      { class: 'segment' },
      h('input', {
        type: 'radio',
        name: 'order',
        value: order,
        checked: order === 'own',
        'aria-label': SPOKEN[order],
        onchange: () => choose(order),
      }),
      h('span', {}, label),
    ),
  )
  return h('fieldset', { class: 'segments' }, h('legend', { class: 'visually-hidden' }, 'Order of the products'), ...options)
}
