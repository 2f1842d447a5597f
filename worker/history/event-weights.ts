import type { EventName, StoredEvent } from '../../src/shared/events'

/**
 * How much interest each event shows in the items it names; 0 says nothing (the site chose what to show). The steps are those of a shop's
 * funnel: each rarer, more deliberate act outweighs several of the act before it. For `rate` and `read` it is the most they can weigh.
 */
export const EVENT_WEIGHTS: Readonly<Record<EventName, number>> = {
  view_item: 1,
  view_item_list: 0,
  select_item: 0.5,
  add_to_cart: 3,
  remove_from_cart: -2,
  view_cart: 0,
  add_to_wishlist: 3,
  begin_checkout: 1,
  purchase: 5,
  refund: -5,
  search: 0,
  view_promotion: 0,
  select_promotion: 0.5,
  page_view: 0.5,
  read: 2,
  like: 3,
  dislike: -5,
  rate: 4,
  share: 3,
  impression: 0,
  dismiss: -3,
}

/** A page read for so long was read with interest; longer adds nothing, as the tab may only have been left open. */
const FULL_DWELL_S = 60
const MIDDLE_RATING = 3

/**
 * The weight of one event: that of its name, but `rate` counts from −4 (one star) over 0 (three, or none given) to 4 (five), and `read`
 * from 0 to 2 by seconds looked at, or by share scrolled where no seconds are given.
 */
export function eventWeight({ name, rating = MIDDLE_RATING, dwell_s, scroll_depth = 0 }: StoredEvent): number {
  const weight = EVENT_WEIGHTS[name]
  if (name === 'rate') return (weight * (rating - MIDDLE_RATING)) / 2
  if (name === 'read') return weight * (dwell_s === undefined ? scroll_depth : Math.min(1, dwell_s / FULL_DWELL_S))
  return weight
}
