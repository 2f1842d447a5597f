import type { ItemFilter, RecommendRequest, Strategy } from '../shared/recommendation'

/**
 * Reads the attributes of a shelf as a request. What is absent or empty is left out; what is wrong (`limit="many"`) is passed on as it is:
 * `recommend` names the argument better than could be done here.
 */
export function readRequest(shelf: Element): RecommendRequest {
  const text = (name: string) => shelf.getAttribute(name)?.trim() || undefined
  const given = <T extends object>(fields: T) =>
    // Drops absent fields; the cast says no more than that.
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: NonNullable<T[K]> }
  const count = (name: string) => (text(name) === undefined ? undefined : Number(text(name)))
  const filter: ItemFilter = given({
    category: text('filter-category'),
    brand: text('filter-brand'),
    minPrice: count('filter-min-price'),
    maxPrice: count('filter-max-price'),
  })
  return {
    slot: text('slot-name') ?? 'default',
    // Whatever the site wrote: `recommend` refuses what is no strategy.
    strategy: (text('strategy') ?? 'for-you') as Strategy,
    ...given({
      limit: count('limit'),
      itemId: text('item-id'),
      query: text('query'),
      exclude: text('exclude')
        ?.split(',')
        .map((id) => id.trim())
        .filter(Boolean),
      filter: Object.keys(filter).length ? filter : undefined,
    }),
  }
}
