import type { Catalogue } from '../catalogue/catalogue'
import type { Product } from '../catalogue/product'

const KEY = 'quire-cart'
const MAX_QUANTITY = 99

/** Where a cart is kept; `localStorage` will do. */
export type CartStorage = Pick<Storage, 'getItem' | 'setItem'>

export type CartLine = { readonly product: Product; readonly quantity: number }

/**
 * The visitor's cart: the shop's own, kept in localStorage, as any shop must keep it. It is read anew whenever it is asked for, so that
 * tabs that put things into it do not overwrite each other's.
 */
export class Cart extends EventTarget {
  readonly #catalogue: Catalogue
  readonly #storage: CartStorage

  constructor(catalogue: Catalogue, storage: CartStorage) {
    super()
    this.#catalogue = catalogue
    this.#storage = storage
  }

  /** In the order in which they were put in; what the shop no longer sells is left out. */
  get lines(): readonly CartLine[] {
    return [...this.#read()].flatMap(([id, quantity]) => {
      const product = this.#catalogue.find(id)
      return product ? [{ product, quantity }] : []
    })
  }

  get count(): number {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  }

  /** USD. */
  get total(): number {
    return this.lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
  }

  quantityOf(id: string): number {
    return this.#read().get(id) ?? 0
  }

  /** Sets how many of a product are in the cart, 0 takes it out; kept to 0…99. Fires `change`. */
  set(id: string, quantity: number): void {
    const kept = Math.min(Math.max(Math.trunc(quantity), 0), MAX_QUANTITY)
    const quantities = this.#read()
    if (kept === 0) quantities.delete(id)
    else quantities.set(id, kept)
    this.#save(quantities)
  }

  clear(): void {
    this.#save(new Map())
  }

  /** Fires `change` where another tab changed the cart. @param key what a `storage` event names; `null` when all was cleared. */
  hear(key: string | null): void {
    if (key === KEY || key === null) this.dispatchEvent(new Event('change'))
  }

  #read(): Map<string, number> {
    return new Map(readQuantities(this.#storage.getItem(KEY)))
  }

  #save(quantities: ReadonlyMap<string, number>): void {
    this.#storage.setItem(KEY, JSON.stringify([...quantities]))
    this.dispatchEvent(new Event('change'))
  }
}

/** What was stored, or an empty cart where it is damaged: anything on the origin may have written there. */
function readQuantities(stored: string | null): [string, number][] {
  try {
    const list: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(list) ? list.filter(isQuantity) : []
  } catch {
    return []
  }
}

function isQuantity(entry: unknown): entry is [string, number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]) && entry[1] > 0 && entry[1] <= MAX_QUANTITY
}
