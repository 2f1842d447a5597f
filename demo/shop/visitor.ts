import type { EventName, EventParams, Sotto } from 'sotto'
import { eventItem } from '../catalogue/event-item'
import type { Product } from '../catalogue/product'
import type { Cart, CartLine } from './cart'
import type { Faults } from './faults'

const CURRENCY = 'USD'

/** Tells Sotto what the visitor does, in GA4's e-commerce events: the whole integration a shop has to write. */
export class Visitor {
  readonly #sotto: Sotto
  readonly #cart: Cart
  readonly #faults: Faults

  constructor(sotto: Sotto, cart: Cart, faults: Faults) {
    this.#sotto = sotto
    this.#cart = cart
    this.#faults = faults
  }

  looksAt(product: Product): void {
    this.#tell('view_item', { currency: CURRENCY, value: product.price, items: [eventItem(product)] })
  }

  /** Changes how many of a product are in the cart and tells the difference. */
  putsInCart(product: Product, quantity: number): void {
    const before = this.#cart.quantityOf(product.id)
    this.#cart.set(product.id, quantity)
    const difference = this.#cart.quantityOf(product.id) - before
    if (difference === 0) return
    const count = Math.abs(difference)
    const params: EventParams = { currency: CURRENCY, value: product.price * count, items: [eventItem(product, count)] }
    this.#tell(difference > 0 ? 'add_to_cart' : 'remove_from_cart', params)
  }

  opensCart(): void {
    if (this.#cart.count > 0) this.#tell('view_cart', this.#cartParams())
  }

  beginsCheckout(): void {
    this.#tell('begin_checkout', this.#cartParams())
  }

  /** Buys all that is in the cart and empties it. @returns what was bought. */
  buys(transactionId: string): readonly CartLine[] {
    const { lines } = this.#cart
    this.#tell('purchase', { ...this.#cartParams(), transaction_id: transactionId })
    this.#cart.clear()
    return lines
  }

  searches(query: string): void {
    this.#tell('search', { search_term: query })
  }

  #tell(name: EventName, params: EventParams): void {
    this.#sotto.track(name, params).catch(this.#faults.add)
  }

  #cartParams(): EventParams {
    const items = this.#cart.lines.map(({ product, quantity }) => eventItem(product, quantity))
    return { currency: CURRENCY, value: Math.round(this.#cart.total * 100) / 100, items }
  }
}
