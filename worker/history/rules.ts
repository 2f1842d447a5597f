import type { DropReason, EventItem, EventParams } from '../../src/shared/events'
import { MAX_ID_LENGTH, MAX_ITEMS_PER_EVENT, MAX_PRICE, MAX_QUANTITY, MAX_TEXT_LENGTH } from '../../src/shared/limits'
import { count, type Tally } from './tally'

/** What becomes of one field's value: the cleaned one, or `undefined` where it is left out and the tally says why. May throw: see `applyRules`. */
export type Rule = (value: unknown, tally: Tally) => unknown

/** A day: longer than anybody looks at a page without leaving it. */
const MAX_DWELL_S = 86_400

/**
 * Applies the rule of each own field of `raw`; fields without one are left out. Reads each field once and survives getters that throw.
 * @returns a fresh object that holds known fields only, so that no key of the site's (`__proto__` or other) ever reaches it.
 */
export function applyRules(raw: object, rules: Readonly<Record<string, Rule>>, tally: Tally): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  for (const key of Object.keys(raw)) {
    try {
      if (!Object.hasOwn(rules, key)) throw new TypeError()
      const value = (raw as Record<string, unknown>)[key] // any object can be read by key
      if (value === undefined || value === null || value === '') continue
      const cleaned = rules[key]!(value, tally)
      if (cleaned !== undefined) clean[key] = cleaned
    } catch {
      // No such field in GA4, or not a value at all: a getter that throws, a revoked proxy.
      count(tally, 'unknown-field')
    }
  }
  return clean
}

/** Text of at most `max` characters; numbers become text, as shops often have numeric ids. Cut so that no half of a character pair stays. */
function text(max: number): Rule {
  return (value, tally) => {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value)
    if (typeof value !== 'string') throw new TypeError()
    if (value.length <= max) return value.trim() ? value : undefined
    count(tally, 'over-long-text')
    return value.slice(0, max).replace(/[\ud800-\udbff]$/, '')
  }
}

/** A number within [min, max]; numeric text counts as one, as GA4 sites send it. */
function number(min: number, max: number, reason: DropReason): Rule {
  return (value, tally) => {
    const parsed = typeof value === 'string' && value.trim() ? Number(value) : value
    if (typeof parsed === 'number' && parsed >= min && parsed <= max) return parsed
    count(tally, reason)
    return undefined
  }
}

const anyText = text(MAX_TEXT_LENGTH)
const price = number(0, MAX_PRICE, 'impossible-price')
const amount = number(0, MAX_PRICE, 'impossible-number')

/** An id is a key: cut short it would be another one, so an over-long one is left out. */
const itemId: Rule = (value, tally) => {
  const id = text(Number.POSITIVE_INFINITY)(value, tally) as string | undefined // what `text` returns
  if (id === undefined || id.length <= MAX_ID_LENGTH) return id
  count(tally, 'over-long-text')
  return undefined
}

/** ISO 4217. */
const currency: Rule = (value) => {
  const code = String(value).toUpperCase()
  if (!/^[A-Z]{3}$/.test(code)) throw new TypeError()
  return code
}

const ITEM_RULES: { readonly [Field in keyof EventItem]-?: Rule } = {
  item_id: itemId,
  item_name: anyText,
  item_brand: anyText,
  item_category: anyText,
  item_category2: anyText,
  item_category3: anyText,
  item_category4: anyText,
  item_category5: anyText,
  item_variant: anyText,
  item_list_id: anyText,
  item_list_name: anyText,
  affiliation: anyText,
  coupon: anyText,
  location_id: anyText,
  discount: price,
  index: number(0, MAX_QUANTITY, 'impossible-number'),
  price,
  quantity: number(1, MAX_QUANTITY, 'impossible-quantity'),
}

const items: Rule = (value, tally) => {
  if (!Array.isArray(value)) throw new TypeError()
  if (value.length > MAX_ITEMS_PER_EVENT) count(tally, 'too-many-items', value.length - MAX_ITEMS_PER_EVENT)
  const kept = []
  for (let index = 0; index < Math.min(value.length, MAX_ITEMS_PER_EVENT); index++) {
    const item = cleanItem(value, index, tally)
    if (item?.item_id === undefined) count(tally, 'item-without-id')
    else kept.push(item)
  }
  return kept.length > 0 ? kept : undefined
}

function cleanItem(list: readonly unknown[], index: number, tally: Tally): Record<string, unknown> | undefined {
  try {
    const raw = list[index]
    return typeof raw === 'object' && raw !== null ? applyRules(raw, ITEM_RULES, tally) : undefined
  } catch {
    // A getter or proxy in the item's place: counted as an item without id by the caller.
    return undefined
  }
}

/** What is kept of an event's parameters, field by field. */
export const EVENT_RULES: { readonly [Field in keyof EventParams]-?: Rule } = {
  items,
  transaction_id: text(MAX_ID_LENGTH),
  value: amount,
  currency,
  tax: amount,
  shipping: amount,
  coupon: anyText,
  search_term: anyText,
  item_list_id: anyText,
  item_list_name: anyText,
  promotion_id: anyText,
  promotion_name: anyText,
  creative_name: anyText,
  creative_slot: anyText,
  rating: number(1, 5, 'impossible-number'),
  dwell_s: number(0, MAX_DWELL_S, 'impossible-number'),
  scroll_depth: number(0, 1, 'impossible-number'),
}
