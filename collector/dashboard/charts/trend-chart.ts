import * as Plot from '@observablehq/plot'
import { epochStart } from '../../../src/shared/signals/epoch'
import type { Trend } from '../cards/card'
import { percent } from '../words/percent'
import { PLAIN } from './plain'

const HEIGHT = 180

/** A line from week to week with a band for where the truth may lie; weeks that say nothing break it. @param width pixels. */
export function trendChart({ points, scale }: Trend, width: number): Element {
  const rows = withGaps(points).map(({ epoch, value, low, high }) => ({
    week: new Date(epochStart(epoch)),
    value: scale === 'share' ? clip(value) : Math.max(0, value),
    low: scale === 'share' ? clip(low) : Math.max(0, low),
    high: scale === 'share' ? clip(high) : Math.max(0, high),
  }))
  const most = Math.max(0.01, ...rows.map(({ high }) => high).filter(Number.isFinite))
  const write = (value: number) => (scale === 'share' ? percent(value, most < 0.05 ? 1 : 0) : String(value))
  // A tick a week while there is room for their names.
  const weeks = rows.map(({ week }) => week)
  const step = Math.ceil(weeks.length / Math.max(2, Math.floor(width / 76)))
  const ticks = weeks.filter((_, at) => (weeks.length - 1 - at) % step === 0)
  return Plot.plot({
    ...PLAIN,
    width,
    height: HEIGHT,
    marginLeft: 44,
    marginRight: 26,
    marginTop: 10,
    marginBottom: 28,
    x: { type: 'utc', label: null },
    y: { domain: [0, most * 1.05], label: null },
    marks: [
      Plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks: 4 }),
      Plot.axisY({ tickSize: 0, ticks: 4, label: null, tickFormat: write, fill: 'var(--muted)' }),
      Plot.axisX(ticks, { tickSize: 4, label: null, tickFormat: dayWords, fill: 'var(--muted)', stroke: 'var(--line-strong)' }),
      Plot.areaY(rows, { x: 'week', y1: 'low', y2: 'high', fill: 'var(--bar)', fillOpacity: 0.22 }),
      Plot.lineY(rows, { x: 'week', y: 'value', stroke: 'var(--accent)', strokeWidth: 2 }),
      Plot.ruleX(rows, { x: 'week', y1: 'low', y2: 'high', stroke: 'var(--accent)', strokeOpacity: 0.45, strokeWidth: 2 }),
      Plot.dot(rows, { x: 'week', y: 'value', r: 4, fill: 'var(--accent)' }),
    ],
  })
}

/** Weeks that are missing between others, as points without a value. */
function withGaps(points: Trend['points']): Trend['points'] {
  return points.flatMap((point, at) => {
    const before = points[at - 1]
    const missing = before ? point.epoch - before.epoch - 1 : 0
    const gap = { epoch: point.epoch - 1, value: Number.NaN, low: Number.NaN, high: Number.NaN }
    return missing > 0 ? [gap, point] : [point]
  })
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share))
}

function dayWords(date: Date): string {
  return `${date.getUTCDate()} ${new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' }).format(date)}`
}
