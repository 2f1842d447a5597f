import type { Trend } from '../cards/card'
import { drawn } from '../charts/drawn'
import { trendChart } from '../charts/trend-chart'
import { h } from '../dom/element'
import { shortShare } from '../words/share-words'
import { weekWords } from '../words/week-words'
import { figuresTable } from './figures-table'

/** From week to week; of one week alone there is nothing to draw. */
export function trendFigure(trend: Trend): HTMLElement {
  const { label, scale, points } = trend
  if (points.length < 2) return h('p', { class: 'card__note' }, 'A trend is drawn from the second week on.')
  const write = (point: Trend['points'][number]) =>
    scale === 'share' ? shortShare(point) : `${Math.max(0, point.low).toFixed(2)} to ${Math.max(0, point.high).toFixed(2)}`
  const last = points.at(-1)!
  return h(
    'figure',
    {},
    h('figcaption', {}, `${label}, week by week; the band is where the truth lies 95 times of 100`),
    drawn(`Line over ${points.length} weeks. ${label}: last ${write(last)}. All figures stand in the table below.`, (width) =>
      trendChart(trend, width),
    ),
    figuresTable(
      'All weeks as a table',
      `${label}, by week`,
      ['Week', '95 % interval'],
      points.toReversed().map((point) => [weekWords(point.epoch), write(point)]),
    ),
  )
}
