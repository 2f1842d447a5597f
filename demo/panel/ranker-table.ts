import type { Explanation } from 'sotto'
import { h } from '../dom/element'
import { featureWords } from '../models/feature-words'

type Features = NonNullable<Explanation['features']>

const NUMBER = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' })

/** The ranker's weights as they are on this device by now, the weightiest first. */
export function rankerTable(features: Features): HTMLElement {
  // That anything shown is seldom chosen says nothing of one product against another.
  const shown = features.filter(({ name }) => name !== 'bias').toSorted((a, b) => b.weight - a.weight)
  const rows = shown.map(({ name, weight, deviation }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, featureWords(name)),
      h('td', {}, NUMBER.format(weight)),
      h('td', {}, `± ${NUMBER.format(deviation).replace('+', '')}`),
    ),
  )
  const head = ['What speaks', 'Weight', 'Unsure by'].map((name) => h('th', { scope: 'col' }, name))
  return h(
    'table',
    { class: 'table' },
    h('caption', {}, 'Above 0 it speaks for a product, below 0 against it.'),
    h('thead', {}, h('tr', {}, ...head)),
    h('tbody', {}, ...rows),
  )
}
