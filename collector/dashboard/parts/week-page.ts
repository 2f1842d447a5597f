import { type EstimatesDocument, LEAST_REPORTS, type PublishedEpoch } from '../../../src/shared/signals/estimates'
import { cardsOf } from '../cards/cards-of'
import { h } from '../dom/element'
import { planChange } from '../words/plan-words'
import { glanceTiles } from './glance-tiles'
import { howToRead } from './how-to-read'
import { silentState } from './states'
import { byTopic, topics } from './topics'

/** All that is said of a week. @param now see `nextWords`. */
export function weekPage(document: EstimatesDocument, week: PublishedEpoch, now: number | undefined): readonly HTMLElement[] {
  if (week.metrics.length === 0) return [silentState(now)]
  const cards = byTopic(cardsOf(document, week))
  const isAllWithheld = cards.every(({ kind }) => kind === 'withheld')
  const nothing = h(
    'p',
    { class: 'notice' },
    h('strong', {}, 'Nothing can be said of this week. '),
    `Every question had fewer than ${LEAST_REPORTS} reports, and so few are withheld. A plan with fewer questions, or more visits, brings more reports on each.`,
  )
  const change = planChange(document, week)
  return [
    ...(isAllWithheld ? [nothing] : []),
    ...(change ? [h('p', { class: 'notice' }, change)] : []),
    glanceTiles(cards),
    ...topics(cards),
    howToRead(document, week, now),
  ]
}
