import * as Plot from '@observablehq/plot'
import type { Interval } from '../../../src/shared/signals/estimates'
import { PLAIN } from './plain'

/** A value that may be on either side of 0. */
export type Difference = Interval & { readonly label: string; readonly written: string; readonly isClear: boolean }

const ROW_HEIGHT = 46
const AXIS_HEIGHT = 30

/**
 * A dot a row with a line for where the truth may lie, about a line at 0: what does not touch it is no play of chance.
 *
 * @param write of the axis. @param width pixels.
 */
export function differenceChart(differences: readonly Difference[], write: (value: number) => string, width: number): Element {
  const rows = differences.map((difference, at) => ({ ...difference, at: String(at) }))
  const reach = Math.max(1e-6, ...rows.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) * 1.05
  return Plot.plot({
    ...PLAIN,
    width,
    height: rows.length * ROW_HEIGHT + AXIS_HEIGHT,
    marginLeft: 16,
    marginRight: 16,
    marginTop: 0,
    marginBottom: AXIS_HEIGHT,
    x: { domain: [-reach, reach], label: null },
    y: { type: 'band', domain: rows.map(({ at }) => at), axis: null, padding: 0 },
    marks: [
      Plot.axisX({ tickSize: 0, ticks: width < 420 ? 3 : 5, label: null, tickFormat: write, fill: 'var(--muted)' }),
      Plot.ruleX([0], { stroke: 'var(--ink)', strokeDasharray: '4 3' }),
      Plot.ruleY(rows, { y: 'at', x1: 'low', x2: 'high', dy: 9, stroke: 'var(--accent)', strokeWidth: 4, strokeOpacity: 0.55 }),
      Plot.dot(rows, {
        y: 'at',
        x: 'value',
        dy: 9,
        r: 5.5,
        stroke: 'var(--accent)',
        strokeWidth: 2,
        fill: (row: Difference) => (row.isClear ? 'var(--accent)' : 'var(--surface)'),
      }),
      Plot.text(rows, {
        y: 'at',
        frameAnchor: 'left',
        text: 'label',
        textAnchor: 'start',
        dx: -14,
        dy: -12,
        fontWeight: 600,
        fill: 'var(--ink)',
      }),
      Plot.text(rows, { y: 'at', frameAnchor: 'right', text: 'written', textAnchor: 'end', dx: 14, dy: -12, fill: 'var(--muted)' }),
    ],
  })
}
