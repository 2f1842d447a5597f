import type { Consent } from 'sotto'
import { h } from '../dom/element'

export type Answer = Exclude<Consent, 'pending'>

/** The three answers, in the words of the shop; all look alike, so that none is favoured. */
export const ANSWERS: readonly { readonly consent: Answer; readonly label: string; readonly effect: string }[] = [
  { consent: 'granted', label: 'Remember on this device', effect: 'What you look at stays in this browser and shapes what you see.' },
  { consent: 'session', label: 'Only this visit', effect: 'Kept in memory; gone with a reload or when you leave.' },
  { consent: 'denied', label: 'No', effect: 'Nothing is remembered; what was is wiped.' },
]

/**
 * The shop's question. It is a region of the page, not a dialog: shopping goes on while it is open, and until it is answered nothing
 * is read or kept.
 */
export class ConsentBanner {
  readonly element: HTMLElement
  readonly #heading = h('h2', { id: 'consent-heading', tabindex: -1 }, 'May this shop remember what you look at?')

  /** @param answer called with what the visitor chose; the banner has closed by then. */
  constructor(answer: (consent: Answer) => void) {
    const buttons = ANSWERS.map(({ consent, label, effect }) => {
      const effectId = `consent-${consent}`
      const choose = () => {
        this.element.hidden = true
        answer(consent)
      }
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', class: 'button button--choice', 'aria-describedby': effectId, 'data-consent': consent, onclick: choose },
          label,
        ),
        h('span', { id: effectId }, effect),
      )
    })
    this.element = h(
      'section',
      { class: 'consent', 'aria-labelledby': 'consent-heading' },
      h(
        'div',
        { class: 'consent__text' },
        this.#heading,
        h('p', {}, 'It would stay on your device and never be sent to us or to anybody else. Until you answer, nothing is read or kept.'),
      ),
      h('ul', { class: 'consent__choices' }, ...buttons),
    )
    this.element.hidden = true
  }

  /** Asks; `isAskedFor` when the visitor wanted the question, who is then taken to it. */
  open(isAskedFor: boolean): void {
    this.element.hidden = false
    if (isAskedFor) this.#heading.focus()
  }
}
