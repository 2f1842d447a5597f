import type { EventItem, StoredEvent } from '../../../src/shared/events'

/** What lies in a cart of one item, and when it was last put there. */
export type Carted = { readonly quantity: number; readonly time: number }

/**
 * What was put into the cart and not taken out again, purchases left aside: what was bought had been carted.
 * @param events in the order of their times. What was carted before them is unknown, so taking it out changes nothing.
 * @returns by item id; quantities above 0.
 */
export function cartedItems(events: readonly StoredEvent[]): ReadonlyMap<string, Carted> {
  const cart = new Map<string, Carted>()
  for (const { name, items = [], time } of events) {
    if (name === 'add_to_cart') {
      for (const item of items) cart.set(item.item_id, { quantity: (cart.get(item.item_id)?.quantity ?? 0) + quantityOf(item), time })
    }
    if (name !== 'remove_from_cart') continue
    for (const item of items) {
      const kept = cart.get(item.item_id)
      const quantity = (kept?.quantity ?? 0) - quantityOf(item)
      if (kept && quantity > 0) cart.set(item.item_id, { ...kept, quantity })
      else cart.delete(item.item_id)
    }
  }
  return cart
}

/** One where nothing is said. */
export function quantityOf({ quantity = 1 }: EventItem): number {
  return quantity
}
