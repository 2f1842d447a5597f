import { fittingColumns } from './fitting-columns'
import { keepFocus } from './focus-inside'
import { ReservedHeight } from './reserved-height'

/** Name of the slot for lists in the light DOM; a prefix keeps it apart from names a site may use. */
const RESULTS_SLOT = 'sotto-results'

/**
 * The shadow tree of a shelf: shows the site's fallback, or a list, and never touches the fallback's nodes (a framework may own them).
 *
 *     <section><h2/><slot name="sotto-results"><slot/></slot> or <ul/></section>
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
    root.append(this.#section)
    this.#section.append(this.#slot)
    this.#slot.name = RESULTS_SLOT
    this.#slot.append(document.createElement('slot'))
    this.#list.role = 'list' // Safari drops a list's meaning with its bullets
    this.#section.part.value = 'region'
    this.#heading.part.value = 'heading'
    this.#list.part.value = 'list'
  }

  get isShowingList(): boolean {
    return this.#list.isConnected
  }

  /** Tells assistive technology that what stands here is about to be replaced. */
  setBusy(isBusy: boolean): void {
    this.#section.ariaBusy = isBusy ? 'true' : null
  }

  /** Position of a card in the list, from 0. */
  indexOf(card: Element): number {
    return [...this.#list.children].indexOf(card)
  }

  /** Applies a changed `min-height` attribute; what was measured is forgotten. */
  applyMinHeight(): void {
    this.#reserve.clear()
  }

  /**
   * Shows these cards instead of whatever is shown. Focus stays on its card, or on the shelf where that card is gone.
   *
   * @param heading shown above the list and naming the region; `null`: none, `name` names the region.
   * @param isLight puts the list into the light DOM, where the site's own styles reach it; else into the shadow.
   */
  showList(cards: readonly HTMLLIElement[], heading: string | null, name: string, isLight: boolean): void {
    const [host, list, section] = [this.#host, this.#list, this.#section]
    keepFocus(host, () => {
      if (!this.isShowingList) this.#reserve.hold([...host.children].filter((child) => child.localName !== 'template'))
      section.dataset.fit = `${fittingColumns(cards.length)}`
      list.slot = isLight ? RESULTS_SLOT : ''
      list.replaceChildren(...cards)
      this.#heading.textContent = heading
      section.ariaLabel = heading || name
      section.replaceChildren(...(heading ? [this.#heading] : []), isLight ? this.#slot : list)
      if (isLight) host.append(list)
    })
  }

  /** Shows the site's own content again, as it was before the first list. */
  showFallback(): void {
    if (!this.#section.ariaLabel) return // it is shown already: taking its slot out and in would restart its animations
    keepFocus(this.#host, () => {
      this.#list.remove()
      this.#list.replaceChildren()
      this.#section.ariaLabel = null
      this.#section.replaceChildren(this.#slot)
      this.#reserve.clear()
    })
  }
}
