import type { BucketCard, CardHead } from '../cards/card'
import { barChart } from '../charts/bar-chart'
import { drawn } from '../charts/drawn'
import { h } from '../dom/element'
import { changeCell } from '../words/change-words'
import { shortShare } from '../words/share-words'
import { figuresTable } from './figures-table'
import { trendFigure } from './trend-figure'

/** More bars than these are no longer read; the table has them all. */
const MOST_BARS = 12

/** Bars for the week, a line for all weeks, and the table. */
export function bucketFigures({ title, rows, trend, caution }: CardHead & BucketCard): readonly HTMLElement[] {
  const shown = rows.filter(({ isAside }) => !isAside || rows.length <= MOST_BARS).slice(0, MOST_BARS)
  const bars = shown.map((row) => ({ ...row, written: shortShare(row.share) }))
  const rest = rows.length - shown.length
  const first = rows[0]
  const spoken = `Bars of “${title}” for ${shown.length} of ${rows.length} answers.${first ? ` On top: ${first.label}, ${shortShare(first.share)}.` : ''} All figures stand in the table below.`
  const hasChanges = rows.some(({ change }) => change)
  return [
    h(
      'figure',
      {},
      h('figcaption', {}, 'Of the browsers that came back; the thin line is where the truth lies 95 times of 100'),
      drawn(spoken, (width) => barChart(bars, width)),
      rest > 0 ? h('p', { class: 'card__basis' }, `${rest} more of the ${rows.length} stand in the table.`) : undefined,
    ),
    trendFigure(trend),
    figuresTable(
      'The week as a table',
      `${title}: shares of the browsers that came back`,
      ['Answer', 'Share, 95 % interval', ...(hasChanges ? ['Change'] : [])],
      rows.map(({ label, share, change }) => [label, shortShare(share), ...(hasChanges ? [changeCell(change)] : [])]),
      caution,
    ),
  ]
}
