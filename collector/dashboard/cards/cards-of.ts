import {
  type EstimatesDocument,
  type PublishedEpoch,
  type PublishedMetric,
  WITHHELD as TOO_FEW,
} from '../../../src/shared/signals/estimates'
import { planned } from '../read-estimates'
import { basisWords, WITHHELD_SENTENCE } from '../words/basis-words'
import { bucketCard } from './bucket-card'
import type { Card, OpenMetric } from './card'
import { experimentCard } from './experiment-card'
import { meanCard, rankerCard } from './mean-card'
import { openMetric, reportsOf, seriesOf } from './series-of'

/** Everything that is said of a week, a card a metric and plan, in the order of publication. */
export function cardsOf(document: EstimatesDocument, week: PublishedEpoch): readonly Card[] {
  const opened = week.metrics.map((metric) => openMetric(document, metric))
  const headlines = Math.max(1, opened.filter((metric) => metric && hasHeadline(metric)).length)
  return week.metrics.map((metric, at) => {
    const head = { id: `metric-${at}`, title: metric.title, counts: metric.counts, planNote: planNote(week, metric) }
    const open = opened[at]
    if (!open || reportsOf(open) === 0) return { ...head, ...WITHHELD }
    return { ...head, basis: basisWords(reportsOf(open), open.coverage, open.epsilon), ...bodyOf(document, week.epoch, open, headlines) }
  })
}

const WITHHELD = {
  kind: 'withheld',
  basis: '',
  reading: [WITHHELD_SENTENCE],
  glance: { figure: 'withheld', says: `${TOO_FEW} came`, verdict: { kind: 'none', text: 'nothing is said' } },
} as const

function bodyOf(document: EstimatesDocument, epoch: number, published: OpenMetric, headlines: number) {
  const metric = planned(document, published)
  const series = seriesOf(document, epoch, published)
  switch (metric.counts) {
    case 'mean':
      return meanCard(metric, series, headlines)
    case 'ranker':
      return rankerCard(metric, series)
    case 'experiment':
      return experimentCard(metric, series)
    default:
      return bucketCard(metric, series, headlines)
  }
}

/** Whether one number of it is compared with the week before, whatever comes out: such are corrected for together. */
function hasHeadline({ counts }: PublishedMetric): boolean {
  return !['interest', 'item', 'experiment', 'ranker'].includes(counts)
}

function planNote(week: PublishedEpoch, { name, plan }: PublishedMetric): string | undefined {
  const isShared = week.metrics.some((other) => other.name === name && other.plan !== plan)
  return isShared ? `Two plans asked this in the week; each is counted for itself. This is plan ${plan.slice(0, 8)}.` : undefined
}
