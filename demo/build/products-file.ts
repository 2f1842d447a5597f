import { SEASONS, type ShopItem } from './shop-item'

/** How many products a seasonal shelf can show. */
const SEASON_LENGTH = 12

/** What the shop's own pages read: everything by index, so that the file stays small. The same for every visitor. */
export type ProductsFile = {
  /** Category and sub-category, in the order of `rows`' third field. */
  readonly categories: readonly (readonly [category: string, subCategory: string])[]
  readonly brands: readonly string[]
  /** Most ordered first: id, title, index of category, index of brand (-1: none), price in cents. */
  readonly rows: readonly (readonly [id: string, title: string, category: number, brand: number, cents: number])[]
  /** Most ordered in that season, as indices of rows. */
  readonly seasons: Readonly<Record<string, readonly number[]>>
}

/** Packs the items for the shop's pages. */
export function productsFile(items: readonly ShopItem[]): ProductsFile {
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
    seasons: Object.fromEntries(SEASONS.map((season) => [season, topOf(items, (item) => item.seasons[season])])),
  }
}

function topOf(items: readonly ShopItem[], orders: (item: ShopItem) => number): number[] {
  const ranked = items.map((item, index) => ({ index, orders: orders(item) })).filter(({ orders }) => orders > 0)
  return ranked
    .sort((a, b) => b.orders - a.orders || a.index - b.index)
    .slice(0, SEASON_LENGTH)
    .map(({ index }) => index)
}
