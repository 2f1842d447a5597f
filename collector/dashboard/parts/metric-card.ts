import type { Card } from '../cards/card'
import { h } from '../dom/element'
import { bucketFigures } from './bucket-figures'
import { experimentFigures } from './experiment-figures'
import { meanFigures } from './mean-figures'

/** A metric: its title, what it says, what that rests on, its charts and its table. */
export function metricCard(card: Card): HTMLElement {
  const { id, title, basis, reading, planNote } = card
  const [first, ...rest] = reading
  // Small print to who has a minute.
  const caution = card.kind === 'withheld' ? undefined : card.caution
  return h(
    'article',
    { class: `card card--${card.kind}`, 'aria-labelledby': id },
    h('h3', { id }, title),
    h('p', { class: 'card__reading' }, first),
    ...rest.map((sentence) => h('p', { class: sentence === caution ? 'card__note' : 'card__more' }, sentence)),
    basis ? h('p', { class: 'card__basis' }, basis) : undefined,
    planNote ? h('p', { class: 'card__note' }, planNote) : undefined,
    ...figuresOf(card),
  )
}

function figuresOf(card: Card): readonly HTMLElement[] {
  switch (card.kind) {
    case 'withheld':
      return []
    case 'buckets':
      return bucketFigures(card)
    case 'mean':
      return meanFigures(card)
    case 'experiment':
      return experimentFigures(card)
    default:
      return card satisfies never
  }
}
