import * as Plot from '@observablehq/plot'
import type { ChartRow } from './chart-rows'

/** Wide enough for the longest label beside a chart that can still be read. */
const WIDE = 520
const ROW_HEIGHT = 26
/** Above and below the rows: the axis and its name. */
const FRAME_HEIGHT = 72

export type ChartOptions = {
  /** Of the horizontal axis. */
  readonly label: string
  /** Pixels. */
  readonly width: number
  /** What pure chance would come to; absent: no line. */
  readonly chance: number | undefined
  /** How values are written. */
  readonly format: (value: number) => string
}

/**
 * Draws one metric: a row a model, a dot for its value, a bar for where the true value may lie. Colours come from the style sheet's
 * variables, so they follow the scheme by themselves.
 *
 * @param rows from the top down.
 */
export function qualityChart(rows: readonly ChartRow[], { label, width, chance, format }: ChartOptions): Element {
  const ours = rows.filter(({ isOurs }) => isOurs)
  const others = rows.filter(({ isOurs }) => !isOurs)
  const ends = rows.flatMap(({ value, high }) => [value, high ?? value])
  const figure = Plot.plot({
    className: 'chart',
    width,
    height: rows.length * ROW_HEIGHT + FRAME_HEIGHT,
    marginLeft: width < WIDE ? 136 : 180,
    marginRight: 24,
    marginTop: 24,
    marginBottom: 46,
    style: { fontSize: '13px', fontFamily: 'inherit', color: 'var(--ink)', background: 'none' },
    x: {
      domain: [0, Math.max(chance ?? 0, ...ends) * 1.04],
      label,
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks: width < WIDE ? 4 : 6,
      tickFormat: format,
    },
    y: { domain: rows.map(({ label: name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: width < WIDE ? 4 : 6 }),
      ...(chance === undefined
        ? []
        : [
            Plot.ruleX([chance], { stroke: 'var(--danger)', strokeWidth: 1.5, strokeDasharray: '5 4' }),
            Plot.text([chance], { x: (x: number) => x, text: () => 'chance', frameAnchor: 'top', dy: -14, fill: 'var(--danger)' }),
          ]),
      Plot.ruleY(ours, { y: 'label', x1: 'low', x2: 'high', stroke: 'var(--accent)', strokeWidth: 4, strokeOpacity: 0.65 }),
      Plot.dot(others, { y: 'label', x: 'value', r: 4.5, stroke: 'var(--muted)', strokeWidth: 2, fill: 'var(--surface)' }),
      Plot.dot(ours, { y: 'label', x: 'value', r: 5.5, fill: 'var(--accent)' }),
    ],
  })
  // An inline style sheet, which a strict policy forbids; what it says stands in `quality.css`. Nothing reads it before it is in the page.
  for (const style of figure.querySelectorAll('style')) style.remove()
  return figure
}
