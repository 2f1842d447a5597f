import * as Plot from '@observablehq/plot'
import type { Interval } from '../../../src/shared/signals/estimates'
import { percent } from '../words/percent'
import { PLAIN } from './plain'

export type Bar = {
  readonly label: string
  readonly share: Interval
  /** At the end of the line above the bar. */
  readonly written: string
  readonly isAside: boolean
}

const ROW_HEIGHT = 46
/** Above a bar, for its label. */
const LABEL_HEIGHT = 22
const AXIS_HEIGHT = 30
/** Kept for the figure at the end of a label's line. */
const FIGURE_WIDTH = 118
/** Of a character of the label, generously. */
const CHARACTER_WIDTH = 7.4

/** A bar a row, from the top down, each with its name above it and a line for where the truth may lie. @param width pixels. */
export function barChart(bars: readonly Bar[], width: number): Element {
  const rows = bars.map((bar, at) => ({
    ...bar,
    at: String(at),
    end: Math.max(0, bar.share.value),
    from: Math.max(0, bar.share.low),
    to: Math.min(1, Math.max(0, bar.share.high)),
  }))
  const most = Math.max(0.01, ...rows.map(({ to, end }) => Math.max(to, Math.min(1, end))))
  return Plot.plot({
    ...PLAIN,
    width,
    height: rows.length * ROW_HEIGHT + AXIS_HEIGHT,
    marginLeft: 4,
    marginRight: 12,
    marginTop: 0,
    marginBottom: AXIS_HEIGHT,
    x: {
      domain: [0, most * 1.02],
      label: null,
      ticks: width < 420 ? 4 : 6,
      tickFormat: (share: number) => percent(share, most < 0.05 ? 1 : 0),
    },
    y: { type: 'band', domain: rows.map(({ at }) => at), axis: null, padding: 0 },
    marks: [
      Plot.axisX({
        tickSize: 0,
        label: null,
        ticks: width < 420 ? 4 : 6,
        fill: 'var(--muted)',
        tickFormat: (share: number) => percent(share, most < 0.05 ? 1 : 0),
      }),
      Plot.barX(rows, {
        y: 'at',
        x1: 0,
        x2: 'end',
        insetTop: LABEL_HEIGHT,
        insetBottom: 8,
        rx2: 3,
        fill: (row: { isAside: boolean }) => (row.isAside ? 'var(--bar-aside)' : 'var(--bar)'),
      }),
      Plot.ruleY(rows, { y: 'at', x1: 'from', x2: 'to', dy: 7, stroke: 'var(--whisker)', strokeWidth: 2 }),
      ...['from', 'to'].map((x) =>
        Plot.tickX(rows, { y: 'at', x, insetTop: 25, insetBottom: 11, stroke: 'var(--whisker)', strokeWidth: 2 }),
      ),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      Plot.text(rows, {
        y: 'at',
        x: 0,
        text: 'label',
        textAnchor: 'start',
        lineAnchor: 'middle',
        dx: 5,
        dy: -12,
        fontWeight: 600,
        fill: 'var(--ink)',
        lineWidth: (width - FIGURE_WIDTH) / CHARACTER_WIDTH,
        textOverflow: 'ellipsis-end',
      }),
      Plot.text(rows, {
        y: 'at',
        frameAnchor: 'right',
        text: 'written',
        textAnchor: 'end',
        lineAnchor: 'middle',
        dx: 8,
        dy: -12,
        fontVariant: 'tabular-nums',
        fill: 'var(--muted)',
      }),
    ],
  })
}
