/** Names that other systems have for the same acts, in GA4's words. */
const SYNONYMS: Readonly<Record<string, string>> = {
  view: 'view_item',
  click: 'select_item',
  cart: 'add_to_cart',
  addtocart: 'add_to_cart',
  product_added_to_cart: 'add_to_cart',
  product_removed_from_cart: 'remove_from_cart',
  product_viewed: 'view_item',
  wishlist: 'add_to_wishlist',
  buy: 'purchase',
  order: 'purchase',
  transaction: 'purchase',
  checkout_completed: 'purchase',
  return: 'refund',
}

/** As the engine weighs them in a visitor's own history, where they count for an item at all. */
const WEIGHTS: Readonly<Record<string, number>> = {
  view_item: 1,
  select_item: 0.5,
  add_to_cart: 3,
  add_to_wishlist: 3,
  begin_checkout: 1,
  purchase: 5,
  select_promotion: 0.5,
  page_view: 0.5,
  read: 2,
  like: 3,
  rate: 4,
  share: 3,
  remove_from_cart: 0,
  refund: 0,
  view_item_list: 0,
  view_cart: 0,
  search: 0,
  view_promotion: 0,
  dislike: 0,
  impression: 0,
  dismiss: 0,
}

/** Whether `logWeight` knows what an event of that name is. */
export function isKnownEvent(name: string): boolean {
  return Object.hasOwn(WEIGHTS, plainName(name))
}

/**
 * How much interest an event of a log shows in its item; 0 where it shows none, or the contrary.
 * @param name GA4's, or a usual other one; an unknown one, and none, counts as a view.
 */
export function logWeight(name: string | undefined): number {
  return isKnownEvent(name ?? '') ? WEIGHTS[plainName(name ?? '')]! : 1
}

function plainName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Object.hasOwn(SYNONYMS, plain) ? SYNONYMS[plain]! : plain
}
