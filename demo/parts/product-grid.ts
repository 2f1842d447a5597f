import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { productCard } from './product-card'

const PAGE = 30 // fills the last row of two, three and five columns

/** A list of products that grows on demand: a thousand cards at once would hold up the page. */
export class ProductGrid {
  readonly element: HTMLElement
  readonly #list = h('ul', { class: 'grid' })
  readonly #more = h('button', { type: 'button', class: 'button button--quiet', onclick: () => this.#grow() })
  #products: readonly Product[] = []
  #note: (product: Product) => Node | undefined = () => undefined
  #shown = 0

  constructor() {
    this.#more.hidden = true
    this.element = h('div', { class: 'grid-block' }, this.#list, h('p', { class: 'grid-block__more' }, this.#more))
  }

  /** Shows other products, from the first; `note` makes what stands on a card's corner. */
  show(products: readonly Product[], note: (product: Product) => Node | undefined = () => undefined): void {
    this.#products = products
    this.#note = note
    this.#shown = 0
    this.#list.replaceChildren()
    this.#append()
  }

  #grow(): void {
    const first = this.#shown
    this.#append()
    this.#list.children[first]?.querySelector<HTMLElement>('a')?.focus()
  }

  #append(): void {
    const next = this.#products.slice(this.#shown, this.#shown + PAGE)
    this.#list.append(...next.map((product) => h('li', {}, productCard(product, this.#note(product)))))
    this.#shown += next.length
    const left = this.#products.length - this.#shown
    this.#more.hidden = left === 0
    this.#more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`
  }
}
