import type { OrderLine } from '../../../demo/build/order-line'
import type { ShopItem } from '../../../demo/build/shop-item'

const DAY_MS = 86_400_000

/** A product of the shop; its number is its title. */
export function item(title: string, rest: Partial<ShopItem> = {}): ShopItem {
  const plain = { category: 'C', subCategory: 'S', brand: undefined, price: 10, orders: 9, since: undefined }
  return { id: title, productId: title, title, ...plain, ...rest }
}

/** Lines of orders, written `buyer day product product …`: all that one buyer ordered on one day is one order. */
export function orders(...texts: readonly string[]): OrderLine[] {
  return texts.flatMap((text) => {
    const [buyer = '', day = '', ...products] = text.split(' ')
    const rest = { category: 'C', subCategory: 'S', sales: 10, quantity: 1, discount: 0 }
    return products.map((title) => ({ order: `${buyer}-${day}`, buyer, time: Number(day) * DAY_MS, productId: title, title, ...rest }))
  })
}
