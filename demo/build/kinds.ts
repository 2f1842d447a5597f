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
  /** [items] logarithm to base 2 of the price: one more is twice as dear. */
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
  for (const [kind, own] of members.entries()) for (const item of own) kindOf[item] = kind
  return { count: members.length, kindOf, levelOf: Float32Array.from(items, ({ price }) => Math.log2(price)) }
}
