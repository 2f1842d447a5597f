import { parseRoute, type Route } from './route'
import type { Page } from './shop'

/** Shows the page that the address asks for, and goes on doing so. */
export class Router {
  readonly #outlet: HTMLElement
  readonly #open: (route: Route, signal: AbortSignal) => Page
  readonly #scrolls = new Map<string, number>()
  #page: Page | undefined
  #shown = ''
  #isLink = false
  #life = new AbortController()

  /** @param open builds a page; the signal is aborted when the page is left. */
  constructor(outlet: HTMLElement, open: (route: Route, signal: AbortSignal) => Page) {
    this.#outlet = outlet
    this.#open = open
    // A link goes to the top of a page, back and forward to where it was left; the event that follows does not say which it is.
    addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('a[href^="#"]')) this.#isLink = true
    })
    addEventListener('scroll', () => this.#scrolls.set(this.#shown, scrollY), { passive: true })
    addEventListener('hashchange', () => this.show())
  }

  get page(): Page | undefined {
    return this.#page
  }

  /** Opens a page as a link would. Opening the one that is shown already does nothing. */
  go(href: string): void {
    this.#isLink = true
    location.hash = href
  }

  /** Changes the address of the page that is shown, without opening it anew. */
  rename(href: string): void {
    history.replaceState(history.state, '', href)
    this.#shown = location.hash
  }

  /** Builds the page of the current address; the first one leaves focus alone, later ones move it to their heading. */
  show(): void {
    const isFirst = this.#page === undefined
    this.#life.abort()
    this.#life = new AbortController()
    const page = this.#open(parseRoute(location.hash), this.#life.signal)
    this.#page = page
    this.#shown = location.hash
    document.title = `${page.title} · Quire`
    this.#outlet.replaceChildren(page.element)
    for (const link of document.querySelectorAll('[data-section]')) {
      if (link.getAttribute('data-section') === page.section) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    page.arrive?.()
    if (!isFirst) {
      scrollTo(0, this.#isLink ? 0 : (this.#scrolls.get(this.#shown) ?? 0))
      page.element.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    }
    this.#isLink = false
  }
}
