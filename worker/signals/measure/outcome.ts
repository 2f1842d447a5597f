import type { EventItem, StoredEvent } from '../../../src/shared/events'
import { OUTCOMES } from '../../../src/shared/signals/signal-plan'
import { cartedItems } from './cart'
import type { Facts } from './facts'
import { ordersOf } from './orders'

type Outcome = (typeof OUTCOMES)[number]

/** The list that an item stood in, as GA4 has it: its own, or else the event's. */
export function listOf({ item_list_id }: StoredEvent, item?: EventItem): string | undefined {
  return item?.item_list_id ?? item_list_id
}

/**
 * The furthest that came of a shelf: an item that stood in it, as an event says, was carted or bought from then on. Of a shelf that Sotto
 * fills, only the items that were clicked are known.
 */
export function measureShelf(slot: string, { events, shown }: Facts): number {
  const seen = new Map<string, number>()
  let reached: Outcome = shown.includes(slot) ? 'shown' : 'not shown'
  for (const event of events) {
    const { name, items = [], time } = event
    const ofSlot = items.filter((item) => listOf(event, item) === slot)
    const isOfSlot = items.length > 0 ? ofSlot.length > 0 : listOf(event) === slot
    for (const { item_id } of ofSlot) if (!seen.has(item_id)) seen.set(item_id, time)
    if (isOfSlot && name === 'select_item') reached = 'clicked'
    else if (isOfSlot && reached === 'not shown') reached = 'shown'
  }
  return OUTCOMES.indexOf(furthest(reached, events, seen))
}

/**
 * The furthest that came of a promotion: an item that its events name was carted or bought from then on. Where they name none, it is for
 * the whole shop, and anything that was carted or bought after the first click counts.
 */
export function measureCampaign(promotion: string, { events }: Facts): number {
  const ofIt = events.filter(
    ({ name, promotion_id }) => promotion_id === promotion && (name === 'view_promotion' || name === 'select_promotion'),
  )
  const click = ofIt.find(({ name }) => name === 'select_promotion')
  const seen = new Map<string, number>()
  for (const { items = [], time } of ofIt) for (const { item_id } of items) if (!seen.has(item_id)) seen.set(item_id, time)
  const reached = click ? 'clicked' : ofIt.length > 0 ? 'shown' : 'not shown'
  return OUTCOMES.indexOf(furthest(reached, events, seen.size > 0 || !click ? seen : click.time))
}

/** @param seen when each item was first seen, or the moment from which every item counts. */
function furthest(reached: Outcome, events: readonly StoredEvent[], seen: ReadonlyMap<string, number> | number): Outcome {
  const counts = (id: string, time: number) => time >= (typeof seen === 'number' ? seen : (seen.get(id) ?? Number.POSITIVE_INFINITY))
  if (ordersOf(events).some(({ items, time }) => [...items.keys()].some((id) => counts(id, time)))) return 'bought'
  if ([...cartedItems(events)].some(([id, { time }]) => counts(id, time))) return 'carted'
  return reached
}
