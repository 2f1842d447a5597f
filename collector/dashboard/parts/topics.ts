import type { MetricKind } from '../../../src/shared/signals/signal-plan'
import type { Card } from '../cards/card'
import { h } from '../dom/element'
import { metricCard } from './metric-card'

type TopicId = 'way' | 'shelves' | 'experiments' | 'interests' | 'people' | 'machine'
type Topic = { readonly id: TopicId; readonly title: string; readonly isSmall?: boolean }

/** In the order of the page. */
const TOPICS: readonly Topic[] = [
  { id: 'way', title: 'From looking to buying' },
  { id: 'shelves', title: 'Shelves and campaigns' },
  { id: 'experiments', title: 'Experiments' },
  { id: 'interests', title: 'What was looked for' },
  { id: 'people', title: 'Who came back' },
  { id: 'machine', title: 'How well it runs', isSmall: true },
]

/** Cards in the order of their topics. */
export function byTopic(cards: readonly Card[]): readonly Card[] {
  const places = TOPICS.map(({ id }) => id)
  return cards.toSorted((a, b) => places.indexOf(topicOf(a.counts)) - places.indexOf(topicOf(b.counts)))
}

/** Cards under what they are about; topics without any are left out. */
export function topics(cards: readonly Card[]): readonly HTMLElement[] {
  return TOPICS.flatMap(({ id, title, isSmall }) => {
    const own = cards.filter(({ counts }) => topicOf(counts) === id)
    if (own.length === 0) return []
    return h(
      'section',
      { class: isSmall ? 'topic topic--small' : 'topic', 'aria-labelledby': `topic-${id}` },
      h('h2', { id: `topic-${id}` }, title),
      h('div', { class: 'cards' }, ...own.map(metricCard)),
    )
  })
}

function topicOf(counts: MetricKind): TopicId {
  switch (counts) {
    case 'funnel':
    case 'amount':
    case 'mean':
      return 'way'
    case 'shelf':
    case 'campaign':
    case 'rank':
      return 'shelves'
    case 'experiment':
      return 'experiments'
    case 'interest':
    case 'item':
      return 'interests'
    case 'segment':
      return 'people'
    case 'latency':
    case 'backend':
    case 'errors':
    case 'ranker':
      return 'machine'
    default:
      return counts satisfies never
  }
}
