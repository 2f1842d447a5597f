import type { EventItem, StoredEvent } from '../../src/shared/events'
import type { ItemTouch } from './checkpoint'
import { decay } from './decay'
import { EVENT_WEIGHTS, eventWeight } from './event-weights'

/** More than anybody remembers having looked at; bounds the record that every page load reads (about 40 KB). */
export const MAX_TOUCHES = 256

/** Touched items by id, latest touched last. */
export type Touches = Map<string, ItemTouch>

/**
 * Adds one event to what is known about the items it names, in place; beyond `MAX_TOUCHES` the item touched longest ago is forgotten.
 *
 * An event that shows no interest and moves nothing (lists, impressions) leaves no touch, so that a page of 200 products cannot push out
 * what was looked at. An event that comes late (replayed, or of a clock since set back) adds its decayed weight and its view, but does
 * not overrule what later ones said of cart and rejection. An item named twice in one event counts once.
 *
 * A purchase empties the cart: the flag of every item touched before it is cleared, named in it or not.
 */
export function fold(touches: Touches, event: StoredEvent): void {
  const { name, items, time } = event
  const weight = eventWeight(event)
  if (name === 'purchase') emptyCart(touches, time)
  if (!items || (weight === 0 && name !== 'view_cart' && name !== 'rate')) return
  const done = new Set<string>()
  for (const item of items) {
    if (done.has(item.item_id)) continue
    done.add(item.item_id)
    touch(touches, item, event, weight)
  }
}

function touch(touches: Touches, item: EventItem, { name, time }: StoredEvent, weight: number): void {
  const id = item.item_id
  const old = touches.get(id)
  const isLate = old !== undefined && time < old.time
  const latest = isLate ? old.time : time
  const title = isLate ? (old.title ?? item.item_name) : (item.item_name ?? old?.title)
  const named = namedCategories(item)
  const categories = named.length > 0 ? named : (old?.categories ?? [])
  const next: ItemTouch = {
    id,
    ...(title === undefined ? {} : { title }),
    ...(categories.length === 0 ? {} : { categories }),
    weight: (old ? old.weight * decay(latest - old.time) : 0) + weight * decay(latest - time),
    time: latest,
    event: old && EVENT_WEIGHTS[old.event] >= weight ? old.event : name,
    views: (old?.views ?? 0) + (name === 'view_item' || name === 'page_view' ? 1 : 0),
    inCart: isLate ? old.inCart : isInCart(name, old),
    bought: name === 'purchase' || (name !== 'refund' && old?.bought === true),
    rejected: isLate ? old.rejected : isRejected(name, old),
  }
  if (!isLate) touches.delete(id) // so that it goes to the end
  touches.set(id, next)
  if (touches.size > MAX_TOUCHES) touches.delete(touches.keys().next().value!) // of a map that is not empty
}

function namedCategories({ item_category, item_category2, item_category3, item_category4, item_category5 }: EventItem): string[] {
  const fields = [item_category, item_category2, item_category3, item_category4, item_category5]
  return fields.filter((name) => name !== undefined)
}

function isInCart(name: StoredEvent['name'], old: ItemTouch | undefined): boolean {
  if (name === 'add_to_cart' || name === 'view_cart' || name === 'begin_checkout') return true
  return name !== 'remove_from_cart' && name !== 'purchase' && old?.inCart === true
}

/** A visitor who turns to a thing of their own accord has changed their mind about it; looking at it again is not enough. */
function isRejected(name: StoredEvent['name'], old: ItemTouch | undefined): boolean {
  if (name === 'dislike' || name === 'dismiss') return true
  const takesBack = name === 'like' || name === 'add_to_cart' || name === 'add_to_wishlist' || name === 'purchase'
  return !takesBack && old?.rejected === true
}

function emptyCart(touches: Touches, time: number): void {
  for (const [id, old] of touches) if (old.inCart && old.time <= time) touches.set(id, { ...old, inCart: false })
}
