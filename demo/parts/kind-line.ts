import type { Product } from '../catalogue/product'

/** The small line over a product's name: its maker, else its kind, and its article number where others bear the same name. */
export function kindLine({ brand, subCategory, hasNamesake, id }: Product): string {
  const kind = brand ?? subCategory
  return hasNamesake ? `${kind} · ${id}` : kind
}
