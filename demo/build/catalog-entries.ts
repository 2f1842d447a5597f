import { hrefOf } from '../shop/route'
import type { ShopItem } from './shop-item'

/** The items as a catalog takes them, most ordered first. */
export function catalogEntries(items: readonly ShopItem[]) {
  return items.map(({ id, title, category, subCategory, brand, price }) => ({
    id,
    title,
    categories: [category, subCategory],
    ...(brand === undefined ? {} : { brand }),
    price,
    currency: 'USD',
    url: hrefOf({ kind: 'product', id }),
  }))
}
