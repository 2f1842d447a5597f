import type { EventItem } from 'sotto'
import type { Product } from './product'

/** A product in the field names of GA4's e-commerce events. */
export function eventItem(product: Product, quantity = 1): EventItem {
  return {
    item_id: product.id,
    item_name: product.title,
    ...(product.brand === undefined ? {} : { item_brand: product.brand }),
    item_category: product.category,
    item_category2: product.subCategory,
    price: product.price,
    quantity,
  }
}
