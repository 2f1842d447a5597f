import type { StoredEvent } from '../../../src/shared/events'
import { quantityOf } from './cart'

/** A purchase that stands. */
export type Order = {
  readonly time: number
  /** Quantities by item id, above 0. */
  readonly items: ReadonlyMap<string, number>
  /** At least 0. */
  readonly value: number
  readonly currency?: string
}

/**
 * The purchases of some events, each once however often its page was loaded, less what was refunded among these events. A refund that names
 * no items takes the whole order back, as GA4 has it; one of an order that is not here, or that names none, is left aside.
 */
export function ordersOf(events: readonly StoredEvent[]): readonly Order[] {
  const purchases = new Map<string, StoredEvent>()
  for (const event of events) {
    const key = event.transaction_id ?? `event ${event.id}`
    if (event.name === 'purchase' && !purchases.has(key)) purchases.set(key, event)
  }
  const orders: Order[] = []
  for (const [key, purchase] of purchases) {
    const refunds = events.filter(({ name, transaction_id }) => name === 'refund' && transaction_id === key)
    const order = lessRefunds(purchase, refunds)
    if (order) orders.push(order)
  }
  return orders
}

/** @returns `undefined` where nothing is left of it. */
function lessRefunds(purchase: StoredEvent, refunds: readonly StoredEvent[]): Order | undefined {
  const items = new Map<string, number>()
  for (const item of purchase.items ?? []) items.set(item.item_id, (items.get(item.item_id) ?? 0) + quantityOf(item))
  let value = worthOf(purchase)
  for (const refund of refunds) {
    if (!refund.items) return undefined
    value -= worthOf(refund)
    for (const item of refund.items) {
      const left = (items.get(item.item_id) ?? 0) - quantityOf(item)
      if (left > 0) items.set(item.item_id, left)
      else items.delete(item.item_id)
    }
    if (purchase.items && items.size === 0) return undefined
  }
  return { time: purchase.time, items, value: Math.max(0, value), ...(purchase.currency && { currency: purchase.currency }) }
}

/** As it is said, or else the sum of its items. */
function worthOf({ value, items = [] }: StoredEvent): number {
  return value ?? items.reduce((sum, item) => sum + (item.price ?? 0) * quantityOf(item), 0)
}
