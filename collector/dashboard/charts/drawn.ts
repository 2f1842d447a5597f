import { h } from '../dom/element'

/**
 * A place for a chart, drawn once its width is known and again whenever that changes. Colours come from the style sheet's variables, so they
 * follow the scheme by themselves.
 *
 * @param spoken heard in place of the drawing; the figures themselves stand in a table.
 */
export function drawn(spoken: string, draw: (width: number) => Element): HTMLElement {
  const place = h('div', { class: 'chart-place', role: 'img', 'aria-label': spoken })
  let known = 0
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0)
    if (width === 0 || width === known) return
    known = width
    const chart = draw(width)
    // An inline style sheet, which a strict policy forbids; what it says stands in `chart.css`. Nothing reads it before it is in the page.
    for (const style of chart.querySelectorAll('style')) style.remove()
    place.replaceChildren(chart)
  })
  observer.observe(place)
  return place
}
