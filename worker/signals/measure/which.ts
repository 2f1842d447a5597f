import type { EventItem } from '../../../src/shared/events'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { eventWeight } from '../../history/event-weights'
import { cartedItems } from './cart'
import type { Facts } from './facts'
import { ordersOf } from './orders'

/**
 * The narrowest category with the most attention, as the history weighs events. Where event and catalog name an item's differently, the
 * listed name counts; an item of no category is of another one.
 */
export function measureInterest(categories: readonly string[], { events, categoriesOf }: Facts): number {
  const attention = new Map<string, number>()
  for (const event of events) {
    const weight = eventWeight(event)
    // An item that an event names twice, in two sizes, was attended to once.
    for (const item of new Map((event.items ?? []).map((item) => [item.item_id, item])).values()) {
      const names = [narrowest(item), categoriesOf?.(item.item_id)?.at(-1)].filter((name) => name !== undefined)
      add(attention, names.find((name) => categories.includes(name)) ?? names[0] ?? '', weight)
    }
  }
  return greatest(categories, attention)
}

/** The item that most was done with; of carts and orders, by quantity, less what was taken back. */
export function measureItem({ event, items }: Extract<Metric, { counts: 'item' }>, { events }: Facts): number {
  const counts = new Map<string, number>()
  switch (event) {
    case 'viewed':
      for (const { name, items = [] } of events) {
        if (name === 'view_item' || name === 'page_view') for (const id of new Set(items.map(({ item_id }) => item_id))) add(counts, id, 1)
      }
      break
    case 'carted':
      for (const [id, { quantity }] of cartedItems(events)) add(counts, id, quantity)
      break
    case 'bought':
      for (const order of ordersOf(events)) for (const [id, quantity] of order.items) add(counts, id, quantity)
      break
    default:
      event satisfies never
  }
  return greatest(items, counts)
}

function narrowest({ item_category, item_category2, item_category3, item_category4, item_category5 }: EventItem): string | undefined {
  return item_category5 ?? item_category4 ?? item_category3 ?? item_category2 ?? item_category
}

function add(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount)
}

/** Place among `none`, the listed, `other`; of equals the first in the list. Nothing above 0: `none`. */
function greatest(listed: readonly string[], sums: ReadonlyMap<string, number>): number {
  let best = 0
  let most = 0
  listed.forEach((key, at) => {
    const sum = sums.get(key) ?? 0
    if (sum > most) {
      most = sum
      best = at + 1
    }
  })
  // One by one: a history may hold more than a call takes arguments.
  for (const sum of sums.values()) if (sum > most) return listed.length + 1
  return best
}
