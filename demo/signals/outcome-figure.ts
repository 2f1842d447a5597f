import { h } from '../dom/element'
import { intervalChart } from './interval-chart'
import { type MetricOutcome, missing } from './outcome'
import { outcomeTable } from './outcome-table'

export type OutcomeFigure = {
  readonly element: HTMLElement
  /** Draws an outcome, with a line of what it means. */
  readonly show: (outcome: MetricOutcome, note: string) => void
}

/** The chart of one metric with its table, drawn anew for another width. @param signal ends that. */
export function outcomeFigure(from: string, signal: AbortSignal): OutcomeFigure {
  const title = h('h3', {})
  const note = h('p', { class: 'crowd__note' })
  const place = h('div', { class: 'crowd__chart', role: 'img' })
  const table = h('div', {})
  const element = h(
    'figure',
    { class: 'crowd__figure' },
    h('figcaption', {}, title, note),
    place,
    h('details', { class: 'quality__table' }, h('summary', {}, 'The same as a table'), table),
    h('p', { class: 'crowd__from' }, from),
  )
  let shown: MetricOutcome | undefined
  let width = 0
  let frame = 0
  const paint = () => {
    if (shown && width > 0) place.replaceChildren(intervalChart(shown, width))
  }
  // A slider is moved more often than a screen is drawn.
  const draw = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(paint)
  }
  const observer = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0)
    if (now === width) return
    width = now
    draw()
  })
  observer.observe(place)
  signal.addEventListener('abort', () => observer.disconnect())
  return {
    element,
    show: (outcome, words) => {
      shown = outcome
      title.textContent = outcome.title
      note.textContent = words
      place.setAttribute('aria-label', spoken(outcome))
      table.replaceChildren(outcomeTable(outcome))
      draw()
    },
  }
}

/** What is heard in place of the drawing. */
function spoken({ title, rows }: MetricOutcome): string {
  const drawn = rows.some(({ value }) => value !== undefined)
  const outside = rows.filter(missing).map(({ bucket }) => bucket)
  const missed = outside.length === 0 ? 'Every interval holds the truth.' : `Outside its interval: ${outside.join(', ')}.`
  return `Chart of “${title}” for ${rows.length} buckets: the truth, and ${drawn ? `what is estimated. ${missed}` : 'where estimates would fall.'} All figures stand in the table below.`
}
