import * as Plot from '@observablehq/plot'
import type { MetricOutcome } from './outcome'

/** Narrower, labels take less and the axis has fewer ticks. */
const WIDE = 520
const ROW_HEIGHT = 24
const FRAME_HEIGHT = 64
/** Shares that the axis shows at the most: what reaches further says only that nothing is known. */
const LEAST_SHARE = -0.2
const MOST_SHARE = 1

/**
 * Draws one metric: a bar for the truth, a line for the interval, a dot for what is estimated where something was. Shares of those that
 * reported, so that more visitors make shorter lines. Colours come from the style sheet's variables.
 *
 * @param width pixels.
 */
export function intervalChart({ rows, reports }: MetricOutcome, width: number): Element {
  const shares = rows.map(({ bucket, truth, value, low, high, holds }) => ({
    bucket,
    truth: truth / reports,
    value: value === undefined ? undefined : value / reports,
    low: low === undefined ? undefined : Math.max(low / reports, LEAST_SHARE),
    high: high === undefined ? undefined : Math.min(high / reports, MOST_SHARE),
    holds,
  }))
  const [right, wrong] = [shares.filter(({ holds }) => holds !== false), shares.filter(({ holds }) => holds === false)]
  const ends = shares.flatMap(({ truth, low, high }) => [truth, low ?? 0, high ?? 0])
  const ticks = width < WIDE ? 4 : 6
  const interval = { y: 'bucket', x1: 'low', x2: 'high', strokeWidth: 3 } as const
  const dot = { y: 'bucket', x: 'value', r: 4, stroke: 'var(--surface)', strokeWidth: 1, clip: true } as const
  const figure = Plot.plot({
    className: 'chart',
    width,
    height: rows.length * ROW_HEIGHT + FRAME_HEIGHT,
    marginLeft: width < WIDE ? 92 : 112,
    marginRight: 20,
    marginTop: 12,
    marginBottom: 46,
    style: { fontSize: '13px', fontFamily: 'inherit', color: 'var(--ink)', background: 'none' },
    x: {
      domain: [Math.min(0, ...ends) * 1.04, Math.max(...ends) * 1.04],
      label: 'of the browsers that reported',
      labelAnchor: 'center',
      labelArrow: 'none',
      ticks,
      tickFormat: (share: number) => `${Math.round(share * 100)} %`,
    },
    y: { domain: rows.map(({ bucket }) => bucket), label: null, tickSize: 0 },
    marks: [
      Plot.gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks }),
      Plot.barX(shares, { y: 'bucket', x: 'truth', fill: 'var(--truth)', insetTop: 4, insetBottom: 4 }),
      Plot.ruleX([0], { stroke: 'var(--line-strong)' }),
      Plot.ruleY(right, { ...interval, stroke: 'var(--accent)' }),
      Plot.ruleY(wrong, { ...interval, stroke: 'var(--danger)' }),
      Plot.dot(right, { ...dot, fill: 'var(--accent)' }),
      Plot.dot(wrong, { ...dot, fill: 'var(--danger)' }),
    ],
  })
  // An inline style sheet, which a strict policy forbids; what it says stands in `quality.css`.
  for (const style of figure.querySelectorAll('style')) style.remove()
  return figure
}
