import type { CardHead, ExperimentCard } from '../cards/card'
import { differenceChart } from '../charts/difference-chart'
import { drawn } from '../charts/drawn'
import { h } from '../dom/element'
import { pointsRange } from '../words/change-words'
import { count, points } from '../words/percent'
import { shortShare } from '../words/share-words'
import { figuresTable } from './figures-table'

/** How variants differ from the first, and what each of them came to. */
export function experimentFigures({ title, variants, differences, goal, caution }: CardHead & ExperimentCard): readonly HTMLElement[] {
  const rows = differences.flatMap(({ label, week, all }) => [
    ...(all ? [{ label: `${label}, ${all.weeks} weeks`, change: all }] : []),
    { label: all ? `${label}, this week` : label, change: week },
  ])
  const dots = rows.map(({ label, change }) => ({
    ...change,
    label,
    written: pointsRange(change),
    isClear: change.direction !== 'unclear',
  }))
  const control = variants[0]?.label ?? ''
  const spoken = `Differences from “${control}” in “${title}”, about a line at 0. All figures stand in the table below.`
  return [
    h(
      'figure',
      {},
      h('figcaption', {}, `Difference from “${control}”, in points of browsers that ${goal}; what touches the dashed line may be chance`),
      drawn(spoken, (width) => differenceChart(dots, (value) => points(value, 1), width)),
    ),
    figuresTable(
      'The variants as a table',
      `${title}: shares of the browsers that came back and that ${goal}, by variant`,
      ['Variant', 'Share, 95 % interval', 'Reports', 'Difference from the first'],
      variants.map(({ label, rate, reports }) => {
        const difference = differences.find((one) => one.label === label)
        const change = difference?.all ?? difference?.week
        return [label, shortShare(rate), count(reports), change ? pointsRange(change) : '']
      }),
      caution,
    ),
  ]
}
