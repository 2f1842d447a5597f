import type { EventName, StoredEvent } from 'sotto'
import { h } from '../dom/element'

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

const DEEDS: Partial<Record<EventName, string>> = {
  view_item: 'looked at',
  select_item: 'chose from a shelf',
  add_to_cart: 'put in the cart',
  remove_from_cart: 'took out of the cart',
  view_cart: 'opened the cart',
  begin_checkout: 'went to check out',
  purchase: 'bought',
  search: 'searched for',
}

/** One stored event, as its owner would say it. */
export function eventLine(event: StoredEvent): HTMLElement {
  const [first, ...others] = event.items ?? []
  const what = event.search_term ? `“${event.search_term}”` : (first?.item_name ?? first?.item_id ?? '')
  return h(
    'li',
    {},
    h('time', { datetime: new Date(event.time).toISOString() }, TIME.format(event.time)),
    h(
      'span',
      {},
      h('em', {}, DEEDS[event.name] ?? event.name.replaceAll('_', ' ')),
      ` ${what}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    ),
  )
}
