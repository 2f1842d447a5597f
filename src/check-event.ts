import { checkObject, checkOneOf, checkText, refuse } from './shared/checks'
import { EVENT_NAMES, type EventName, type EventParams } from './shared/events'

/** Checks what a developer may get wrong in `track`; impossible values, a visitor's page may hold, are cleaned in the worker. */
export function checkEvent(event: unknown, params: unknown): asserts event is EventName {
  checkOneOf('track: event', event, EVENT_NAMES)
  if (params === undefined) return
  checkObject('track: params', params)
  const { items } = params as EventParams
  if (items === undefined) return
  if (!Array.isArray(items)) refuse('track: params.items', 'an array', items)
  items.forEach((item: unknown, index) => {
    const name = `track: params.items[${index}]`
    checkObject(name, item)
    // Shops often have numeric ids; they are kept as text.
    if (!Number.isFinite(item.item_id)) checkText(`${name}.item_id`, item.item_id)
  })
}
