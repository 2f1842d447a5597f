import type { Consent } from 'sotto'
import { h } from '../dom/element'

export type Answer = Exclude<Consent, 'pending'>

/** The three answers, in the words of the shop; all look alike, so that none is favoured. */
export const ANSWERS: readonly { readonly consent: Answer; readonly label: string; readonly effect: string }[] = [
  { consent: 'granted', label: 'Remember on this device', effect: 'What you look at stays in this browser and shapes what you see.' },
  { consent: 'session', label: 'Only this visit', effect: 'Kept in memory; gone with a reload or when you leave.' },
  { consent: 'denied', label: 'No', effect: 'Nothing you look at is remembered; what was is wiped.' },
]

const WITHOUT_COLLECTOR =
  'It would stay on your device and never be sent to us or to anybody else. Until you answer, nothing of it is read or kept.'
const WITH_COLLECTOR =
  'It would stay on your device. If it is remembered there, the shop also gets an answer about your week that is drawn by chance, so that it learns of all visitors together and of nobody alone: see “What leaves?”. Until you answer, nothing is read, kept or sent.'

/**
 * The shop's question. It is a region of the page, not a dialog: shopping goes on while it is open, and until it is answered nothing
 * of what is looked at is read or kept. It floats over the foot of the window and stands early in the page, so that the keyboard comes to it
 * first; on pages that one comes to for their charts it is docked below them, and hides nothing.
 */
export class ConsentBanner {
  readonly element: HTMLElement
  readonly #heading = h('h2', { id: 'consent-heading', tabindex: -1 }, 'May this shop remember what you look at?')
  #opener: Element | null = null

  /**
   * @param answer called with what the visitor chose; the banner has closed by then.
   * @param hasCollector whether answers drawn by chance would leave.
   */
  constructor(answer: (consent: Answer) => void, hasCollector: boolean) {
    const buttons = ANSWERS.map(({ consent, label, effect }) => {
      const effectId = `consent-${consent}`
      const choose = () => {
        this.element.hidden = true
        this.#giveFocusBack()
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
      h('div', { class: 'consent__text' }, this.#heading, h('p', {}, hasCollector ? WITH_COLLECTOR : WITHOUT_COLLECTOR)),
      h('ul', { class: 'consent__choices' }, ...buttons),
    )
    this.element.hidden = true
    // It covers the foot of the window: the style sheet makes that much room, so that what has focus is never beneath it.
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--question-height', `${this.element.offsetHeight}px`)
    }).observe(this.element)
  }

  /** Moves the question to where a page has it. @param below what it is docked to; `undefined`: it floats, and comes first. */
  dock(below: Element | undefined): void {
    this.element.classList.toggle('consent--docked', below !== undefined)
    if (below) below.after(this.element)
    else this.element.parentElement?.prepend(this.element)
  }

  /** Asks; `isAskedFor` when the visitor wanted the question, who is then taken to it. */
  open(isAskedFor: boolean): void {
    this.#opener = isAskedFor ? document.activeElement : null
    this.element.hidden = false
    if (isAskedFor) this.#heading.focus()
  }

  /** The button that was pressed is gone: on with what it was pressed for, else with the page's heading. */
  #giveFocusBack(): void {
    const next = this.#opener?.isConnected ? this.#opener : document.querySelector('main h1')
    if (next instanceof HTMLElement) next.focus({ preventScroll: true })
  }
}
