import { fittingColumns } from './fitting-columns'
import { ReservedHeight } from './reserved-height'

/** Name of the slot for lists in the light DOM; a prefix keeps it apart from names a site may use. */
const RESULTS_SLOT = 'sotto-results'

/** How a list is presented. */
export type Presentation = {
  /** Heading the site asked for; `null`: no heading, the region is named `name`. */
  readonly heading: string | null
  readonly name: string
  /** In the light DOM, where the site's own styles reach it; else in the shadow. */
  readonly isLight: boolean
}

/**
 * The shadow tree of a shelf: shows the site's fallback, or a list, and never touches the fallback's nodes (a framework may own them).
 *
 *     <section><h2/><slot name="sotto-results"><slot/></slot><ul/></section>
 *
 * A list in the light DOM fills the named slot; when it goes, by whatever hand, the fallback inside that slot is back at once.
 */
export class ShelfFrame {
  readonly #host: HTMLElement
  readonly #section = document.createElement('section')
  readonly #heading = document.createElement('h2')
  readonly #slot = document.createElement('slot')
  readonly #list = document.createElement('ul')
  readonly #reserve: ReservedHeight

  constructor(host: HTMLElement, sheet: CSSStyleSheet) {
    this.#host = host
    this.#reserve = new ReservedHeight(host)
    const root = host.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet, this.#reserve.sheet]
    this.#slot.name = RESULTS_SLOT
    this.#slot.append(document.createElement('slot'))
    this.#heading.id = 'heading'
    this.#list.role = 'list' // Safari drops a list's meaning with its bullets
    this.#section.part.value = 'region'
    this.#heading.part.value = 'heading'
    this.#list.part.value = 'list'
    this.#section.append(this.#slot)
    root.append(this.#section)
  }

  get isShowingList(): boolean {
    return this.#list.isConnected
  }

  /** Tells assistive technology that what stands here is about to be replaced. */
  setBusy(isBusy: boolean): void {
    if (isBusy) this.#section.ariaBusy = 'true'
    else this.#section.removeAttribute('aria-busy')
  }

  /** Position of a card in the list, from 0. */
  indexOf(card: Element): number {
    return [...this.#list.children].indexOf(card)
  }

  /** Applies a changed `min-height` attribute; what was measured is forgotten. */
  applyMinHeight(): void {
    this.#reserve.clear()
  }

  /** Shows these cards instead of whatever is shown. Focus stays on its card, or on the shelf where that card is gone. */
  showList(cards: readonly HTMLLIElement[], { heading, name, isLight }: Presentation): void {
    if (!this.isShowingList) {
      const list: Element = this.#list
      this.#reserve.hold([...this.#host.children].filter((child) => child !== list && child.localName !== 'template'))
    }
    this.#keepingFocus(() => {
      this.#list.dataset.fit = String(fittingColumns(cards.length))
      this.#list.slot = isLight ? RESULTS_SLOT : ''
      this.#list.replaceChildren(...cards)
      this.#heading.textContent = heading
      this.#section.className = 'on'
      this.#section.removeAttribute(heading ? 'aria-label' : 'aria-labelledby')
      this.#section.setAttribute(heading ? 'aria-labelledby' : 'aria-label', heading ? this.#heading.id : name)
      this.#section.replaceChildren(...(heading ? [this.#heading] : []), isLight ? this.#slot : this.#list)
      if (isLight) this.#host.append(this.#list)
    })
  }

  /** Shows the site's own content again, as it was before the first list. */
  showFallback(): void {
    this.#keepingFocus(() => {
      this.#list.remove()
      this.#list.replaceChildren()
      this.#section.className = ''
      this.#section.removeAttribute('aria-label')
      this.#section.removeAttribute('aria-labelledby')
      this.#section.replaceChildren(this.#slot)
      this.#reserve.clear()
    })
  }

  #keepingFocus(change: () => void): void {
    // A connected node's root is one of these two; the list's own, because a shadow root knows only its own focus.
    const focused = (node: Element) => (node.getRootNode() as Document | ShadowRoot).activeElement
    const inList = this.isShowingList ? focused(this.#list) : null
    const before = inList && this.#list.contains(inList) ? inList : null
    const hadFocus = this.#host.isConnected && this.#host.contains(focused(this.#host))
    change()
    if (!hadFocus) return
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    else this.#focusHost()
  }

  #focusHost(): void {
    if (!this.#host.hasAttribute('tabindex')) {
      this.#host.tabIndex = -1
      this.#host.addEventListener('blur', () => this.#host.removeAttribute('tabindex'), { once: true })
    }
    this.#host.focus({ preventScroll: true })
  }
}
