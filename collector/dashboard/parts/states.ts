import { h } from '../dom/element'
import { firstWords, nextWords } from '../words/week-words'

/** Nothing is published yet: when there will be something. @param now milliseconds since 1970. */
export function emptyState(now: number): HTMLElement {
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

/** Nobody reported about a week. @param now milliseconds since 1970. */
export function silentState(now: number): HTMLElement {
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
