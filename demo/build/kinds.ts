import { groupBy } from './group-by'
import type { ShopItem } from './shop-item'

/** A maker of fewer products of a sub-category is no kind of its own: pairs of kinds would be ordered too rarely. */
const MAKER_PRODUCTS = 10

/** What products are sorted into, so that orders tell something of them: "binders of Avery", "chairs of no large maker". */
export type Kinds = {
  /** Kinds there are; they are numbered from 0. */
  readonly count: number
  /** [items] */
  readonly kindOf: Int32Array
  /** [items] how dear each is among its kind: 0 for the cheapest, towards 1 for the dearest. */
  readonly levelOf: Float32Array
}

/**
 * Sorts the products into kinds: one sub-category, of one maker where the shop has ten such products or more, else of all other makers. By the
 * catalogue alone, so that nothing of the orders that are asked about later is in it.
 */
export function kindsOf(items: readonly ShopItem[]): Kinds {
  const ofMaker = ({ subCategory, brand }: ShopItem) => `${subCategory}\n${brand ?? ''}`
  const sizes = new Map([...groupBy(items, ofMaker)].map(([name, { length }]) => [name, length]))
  const names = items.map((item) =>
    item.brand !== undefined && sizes.get(ofMaker(item))! >= MAKER_PRODUCTS ? ofMaker(item) : item.subCategory,
  )
  const members = [...groupBy([...items.keys()], (item) => names[item]!).values()]
  const kindOf = new Int32Array(items.length)
  const levelOf = new Float32Array(items.length)
  for (const [kind, own] of members.entries()) {
    const byPrice = own.toSorted((a, b) => items[a]!.price - items[b]!.price || a - b)
    for (const [place, item] of byPrice.entries()) {
      kindOf[item] = kind
      levelOf[item] = place / own.length
    }
  }
  return { count: members.length, kindOf, levelOf }
}
