import type { CardHead, MeanCard } from '../cards/card'
import { differenceChart } from '../charts/difference-chart'
import { drawn } from '../charts/drawn'
import { h } from '../dom/element'
import { count } from '../words/percent'
import { figuresTable } from './figures-table'
import { trendFigure } from './trend-figure'

/** One mean goes from week to week; several, which have no unit, stand beside one another. */
export function meanFigures({ title, rows, unit, trend, caution }: CardHead & MeanCard): readonly HTMLElement[] {
  const write = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)}`
  const table = figuresTable(
    'The week as a table',
    title,
    [unit ? 'Mean' : 'Part of the ranking', `95 % interval${unit ? `, ${unit}` : ''}`, 'Reports'],
    rows.map(({ label, mean, reports }) => [label || 'all', `${write(mean.low)} to ${write(mean.high)}`, count(reports)]),
    caution,
  )
  if (rows.length < 2) return [trendFigure(trend), table]
  const dots = rows.map(({ label, mean }) => ({
    ...mean,
    label,
    written: `${write(mean.low)} to ${write(mean.high)}`,
    isClear: mean.low > 0 || mean.high < 0,
  }))
  const spoken = `Dots of “${title}” for ${rows.length} parts of the ranking, about a line at 0. All figures stand in the table below.`
  return [
    h(
      'figure',
      {},
      h('figcaption', {}, 'Right of the dashed line: counts for more; the bar is where the truth lies 95 times of 100'),
      drawn(spoken, (width) => differenceChart(dots, write, width)),
    ),
    table,
  ]
}
