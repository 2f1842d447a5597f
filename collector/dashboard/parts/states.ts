import { h } from '../dom/element'
import { firstWords, nextWords } from '../words/week-words'

/** Said above all else where the collector counts for a demonstration: its figures must not be taken for a site's. */
export function simulatedNotice(): HTMLElement {
  return h(
    'aside',
    { class: 'simulated', 'aria-label': 'Simulation' },
    h(
      'p',
      { class: 'notice' },
      h('strong', {}, 'Simulated visitors, simulated weeks. '),
      'No real visitor is behind any figure of this page. Each run of the demonstration counts as one week, and the weeks’ dates only number them.',
    ),
  )
}

/** Nothing is published yet: when there will be something. @param now see `nextWords`. */
export function emptyState(now: number | undefined): HTMLElement {
  return h(
    'section',
    { class: 'state' },
    h('h2', {}, 'Nothing is published yet'),
    h('p', {}, firstWords(now)),
    h(
      'p',
      { class: 'muted' },
      'Until then nothing is shown, not even a running count: from figures that grow, single answers could be worked out.',
    ),
  )
}

/** Nobody reported about a week. @param now see `nextWords`. */
export function silentState(now: number | undefined): HTMLElement {
  return h(
    'section',
    { class: 'state' },
    h('h2', {}, 'No report came about this week'),
    h('p', {}, `Browsers report on a later visit, those that granted consent and whose page names this collector. ${nextWords(now)}`),
  )
}

/** The estimates could not be had. @param reason in words; holds nothing of a visitor. */
export function failedState(reason: string, retry: () => void): HTMLElement {
  const button = h('button', { class: 'button', type: 'button' }, 'Try again')
  button.addEventListener('click', retry)
  return h(
    'section',
    { class: 'state', role: 'alert' },
    h('h2', {}, 'The estimates could not be fetched'),
    h('p', {}, `${reason} Nothing is lost: reports are counted all the same.`),
    h('p', {}, button),
  )
}
