import { h } from './element'

/** Says short news to everybody: shown for a moment at the foot of the page, and read out by screen readers. */
export type Announce = (message: string) => void

const SHOWN_MS = 3_500 // long enough to read one line twice

/** Adds the live region to the page. */
export function createAnnouncer(parent: HTMLElement): Announce {
  const region = h('p', { class: 'news', role: 'status', 'aria-live': 'polite' })
  parent.append(region)
  let timer = 0
  const hide = () => region.classList.remove('news--shown')
  // News of one page would cover what stands at the foot of the next.
  addEventListener('hashchange', hide)
  return (message) => {
    region.textContent = message
    region.classList.add('news--shown')
    clearTimeout(timer)
    timer = window.setTimeout(hide, SHOWN_MS)
  }
}
