import { h } from '../dom/element'
import { chartRows } from './chart-rows'
import { qualityChart } from './quality-chart'
import type { QualityMetric, QualitySet } from './quality-file'
import { qualityTable } from './quality-table'
import { reading } from './reading'
import { writeValue } from './write-value'

const COUNT = new Intl.NumberFormat('en')

/** One set of data: what was asked, a chart for each metric, what it says, and the same as a table. @param signal ends its redrawing. */
export function qualitySection(set: QualitySet, signal: AbortSignal): HTMLElement {
  const { id, title, asked, cases, items, support } = set
  const basis = [
    `${COUNT.format(items)} products to choose from`,
    ...(cases === undefined ? [] : [`${COUNT.format(cases)} guesses by each model`]),
    ...(support === undefined ? [] : [`nothing learned from fewer than ${support} customers`]),
  ]
  return h(
    'section',
    { class: 'quality', 'aria-labelledby': `quality-${id}` },
    h(
      'header',
      { class: 'quality__head' },
      h('h2', { id: `quality-${id}` }, title),
      h('p', {}, asked),
      h('p', { class: 'quality__basis' }, basis.join(' · ')),
    ),
    h('p', { class: 'quality__reading' }, reading(set)),
    h('div', { class: 'quality__charts' }, ...set.metrics.map((metric) => chart(set, metric, signal))),
    h('details', { class: 'quality__table' }, h('summary', {}, 'The same figures as a table'), qualityTable(set)),
  )
}

function chart(set: QualitySet, metric: QualityMetric, signal: AbortSignal): HTMLElement {
  const rows = chartRows(set, metric.id)
  const place = h('div', { class: 'quality__chart', role: 'img', 'aria-label': spoken(set, metric) })
  let drawn = 0
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0)
    if (width === 0 || width === drawn) return
    drawn = width
    const format = (value: number) => writeValue(metric.id, value)
    place.replaceChildren(qualityChart(rows, { label: axisLabel(metric), width, chance: metric.chance, format }))
  })
  observer.observe(place)
  signal.addEventListener('abort', () => observer.disconnect())
  return h(
    'figure',
    { class: 'quality__figure' },
    h('figcaption', {}, h('h3', {}, metric.label), h('p', {}, METRIC_WORDS[metric.id] ?? '')),
    place,
  )
}

const METRIC_WORDS: Readonly<Record<string, string>> = {
  'hr@10': 'How often the hidden product was among the ten named (HR@10).',
  'hr@20': 'How often the hidden product was among the twenty named (HR@20).',
  'ndcg@10': 'The same, but the first place counts 1, the second 0.63, the tenth 0.29 (NDCG@10).',
  'ndcg@20': 'Hits among the twenty named, each by its place, against the best that is possible (NDCG@20).',
  'mrr@20': 'Hits among the twenty named: the first place counts 1, the second a half, the tenth a tenth (MRR@20).',
}

function axisLabel({ id }: QualityMetric): string {
  return id.startsWith('hr') ? 'of the guesses are hits' : 'mean over all guesses'
}

/** What is heard in place of the drawing; the figures themselves stand in the table. */
function spoken(set: QualitySet, { id, label, chance }: QualityMetric): string {
  const rows = chartRows(set, id)
  const best = rows[0]
  const line = chance === undefined ? '' : `, and a dashed line at ${writeValue(id, chance)} for chance`
  return `Chart of “${label}” for ${rows.length} models${line}. ${best ? `On top: ${best.label}, ${writeValue(id, best.value)}.` : ''} All figures stand in the table below.`
}
