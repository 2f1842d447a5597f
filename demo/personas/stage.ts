import type { Sotto } from 'sotto'
import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { bars } from '../panel/bars'
import { interestNames } from '../panel/interest-names'
import { shelf } from '../parts/shelf'
import { icon } from '../pictures/icon'
import { productPicture } from '../pictures/product-picture'
import { Cart } from '../shop/cart'
import { memoryStorage } from '../shop/memory-storage'
import type { Shop } from '../shop/shop'
import { Visitor } from '../shop/visitor'
import { type Persona, productOf, type Step } from './personas'

/** One persona's column: who it is, what it does, and the shelf that its own engine makes of it. */
export class Stage {
  readonly element: HTMLElement
  readonly #shop: Shop
  readonly #persona: Persona
  readonly #sotto: Sotto
  readonly #path = h('ol', { class: 'stage__path' })
  readonly #interests = h('ul', { class: 'bars' })
  readonly #said = h('p', { class: 'stage__said', 'aria-live': 'polite' })
  #visitor: Visitor

  /** @param sotto this persona's own: another database, another worker. */
  constructor(shop: Shop, persona: Persona, sotto: Sotto) {
    this.#shop = shop
    this.#persona = persona
    this.#sotto = sotto
    this.#visitor = this.#newVisitor()
    const own = shelf(
      { ...shop, sotto },
      {
        slot: `persona-${persona.id}`,
        namespace: sotto.namespace,
        strategy: 'for-you',
        limit: 6,
        fallback: shop.catalogue.products.slice(0, 6),
        words: { heading: `${persona.name}’s front page`, lead: 'Popular with everyone: nothing is known yet.' },
        ownWords: { heading: `${persona.name}’s front page`, lead: 'Chosen from what you see above.' },
      },
    )
    this.element = h(
      'section',
      { class: 'stage', 'aria-labelledby': `persona-name-${persona.id}`, 'data-persona': persona.id },
      h(
        'header',
        { class: 'stage__who' },
        h('span', { class: 'stage__portrait' }, icon(persona.icon)),
        h('div', {}, h('h2', { id: `persona-name-${persona.id}` }, persona.name), h('p', {}, persona.about)),
      ),
      this.#said,
      this.#path,
      h('div', { class: 'stage__interests' }, h('h3', {}, 'Interests'), this.#interests),
      own,
    )
    this.reset()
  }

  get stepCount(): number {
    return this.#persona.steps.length
  }

  /** Does the step of that number, from 0; resolves when it is remembered. */
  async play(index: number): Promise<void> {
    const step = this.#persona.steps[index]
    const product = step && productOf(step, this.#shop.catalogue)
    if (!step || !product) return
    this.#do(step, product)
    this.#said.textContent = `“${step.thought}”`
    this.#path.children[index]?.replaceWith(pathEntry(step, product))
    await this.#drawInterests()
  }

  /** Forgets all and starts anew. */
  async restart(): Promise<void> {
    await this.#sotto.forget()
    this.#visitor = this.#newVisitor()
    this.reset()
  }

  reset(): void {
    this.#said.textContent = 'Has just come in.'
    this.#path.replaceChildren(...this.#persona.steps.map(() => h('li', { class: 'stage__step stage__step--open' })))
    this.#interests.replaceChildren(h('li', { class: 'panel__empty' }, 'None yet.'))
  }

  #do(step: Step, product: Product): void {
    switch (step.deed) {
      case 'looks at':
        this.#visitor.looksAt(product)
        break
      case 'puts in the cart':
        this.#visitor.putsInCart(product, 1)
        break
      case 'buys':
        this.#visitor.buys(crypto.randomUUID())
        break
      default:
        step.deed satisfies never
    }
  }

  async #drawInterests(): Promise<void> {
    const { interests } = await this.#sotto.profile()
    if (interests.length === 0) return
    const names = interestNames(interests)
    this.#interests.replaceChildren(...bars(interests.map(({ share }, index) => ({ name: names[index] ?? 'Various', share }))))
  }

  #newVisitor(): Visitor {
    return new Visitor(this.#sotto, new Cart(this.#shop.catalogue, memoryStorage()), this.#shop.faults)
  }
}

function pathEntry(step: Step, product: Product): HTMLElement {
  return h(
    'li',
    { class: 'stage__step' },
    h('span', { class: 'stage__picture' }, productPicture(product)),
    h('span', { class: 'stage__deed' }, h('em', {}, step.deed), ' ', product.title),
  )
}
