import { hrefOf } from '../shop/route'
import type { ShopItem } from './shop-item'

/** The items as a catalog takes them, most ordered first. */
export function catalogEntries(items: readonly ShopItem[]) {
  return items.map(({ id, title, category, subCategory, brand, price, since }) => ({
    id,
    title,
    categories: [category, subCategory],
    ...(brand === undefined ? {} : { brand }),
    price,
    currency: 'USD',
    ...(since === undefined ? {} : { published: since }),
    url: hrefOf({ kind: 'product', id }),
  }))
}
