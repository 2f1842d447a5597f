import type { ShopItem } from './shop-item'

/** How many products a shelf can show that is the same for everybody. */
const SHELF_LENGTH = 12

/** What the shop's own pages read: everything by index, so that the file stays small. The same for every visitor. */
export type ProductsFile = {
  /** Category and sub-category, in the order of `rows`' third field. */
  readonly categories: readonly (readonly [category: string, subCategory: string])[]
  readonly brands: readonly string[]
  /** Most ordered first: id, title, index of category, index of brand (-1: none), price in cents. */
  readonly rows: readonly (readonly [id: string, title: string, category: number, brand: number, cents: number])[]
  /** Ordered more than usual at the end of the orders, and first ordered last: what the engine's own shelves of that kind show. */
  readonly trending: readonly number[]
  readonly newest: readonly number[]
}

/** Packs the items for the shop's pages. @param trend [items] how much more than usual each was ordered lately; 0: not. */
export function productsFile(items: readonly ShopItem[], trend: ArrayLike<number>): ProductsFile {
  const paths = [...new Set(items.map(({ category, subCategory }) => `${category}\n${subCategory}`))].sort()
  const brands = [...new Set(items.flatMap(({ brand }) => brand ?? []))].sort()
  return {
    categories: paths.map((path) => path.split('\n') as [string, string]), // joined from two above
    brands,
    rows: items.map(({ id, title, category, subCategory, brand, price }) => [
      id,
      title,
      paths.indexOf(`${category}\n${subCategory}`),
      brand === undefined ? -1 : brands.indexOf(brand),
      Math.round(price * 100),
    ]),
    trending: topOf(items, (_, index) => trend[index]!),
    newest: topOf(items, ({ since }) => since ?? 0),
  }
}

/** The items of the highest values above 0; of equal ones the one that is ordered more. */
function topOf(items: readonly ShopItem[], worthOf: (item: ShopItem, index: number) => number): number[] {
  const ranked = items.map((item, index) => ({ index, value: worthOf(item, index) })).filter(({ value }) => value > 0)
  return ranked
    .sort((a, b) => b.value - a.value || a.index - b.index)
    .slice(0, SHELF_LENGTH)
    .map(({ index }) => index)
}
