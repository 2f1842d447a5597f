/**
 * What a visitor can do, in the names of GA4's e-commerce events, and a few beyond them for content sites and feedback.
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const EVENT_NAMES = [
  'view_item',
  'view_item_list',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'view_cart',
  'add_to_wishlist',
  'begin_checkout',
  'purchase',
  'refund',
  'search',
  'view_promotion',
  'select_promotion',
  'page_view',
  'read',
  'like',
  'dislike',
  'rate',
  'share',
  'impression',
  'dismiss',
] as const

export type EventName = (typeof EVENT_NAMES)[number]

/** One item of an event, in GA4's field names. Only `item_id` is required. */
export type EventItem = {
  readonly item_id: string
  readonly item_name?: string
  readonly item_brand?: string
  readonly item_category?: string
  readonly item_category2?: string
  readonly item_category3?: string
  readonly item_category4?: string
  readonly item_category5?: string
  readonly item_variant?: string
  readonly item_list_id?: string
  readonly item_list_name?: string
  readonly affiliation?: string
  readonly coupon?: string
  readonly location_id?: string
  readonly discount?: number
  readonly index?: number
  /** Unit price in `currency`, ≥ 0. */
  readonly price?: number
  /** Count, ≥ 1. */
  readonly quantity?: number
}

/** The parameters of an event, in GA4's field names; all optional, unknown fields are dropped. */
export type EventParams = {
  readonly items?: readonly EventItem[]
  readonly transaction_id?: string
  readonly value?: number
  readonly currency?: string
  readonly tax?: number
  readonly shipping?: number
  readonly coupon?: string
  readonly search_term?: string
  readonly item_list_id?: string
  readonly item_list_name?: string
  readonly promotion_id?: string
  readonly promotion_name?: string
  readonly creative_name?: string
  readonly creative_slot?: string
  /** `rate`: 1 to 5. */
  readonly rating?: number
  /** `read`: seconds looked at. */
  readonly dwell_s?: number
  /** `read`: share of the page scrolled, 0 to 1. */
  readonly scroll_depth?: number
}

/** An event on its way to the history: named and timed on the page, not yet cleaned. */
export type IncomingEvent = {
  /** Sorts by time and is unique: see `eventId`. The history keeps at most one event per id, however often it is sent. */
  readonly id: string
  readonly name: EventName
  /** Milliseconds since 1970, by the page's clock. */
  readonly time: number
  /** As the site gave it: cleaned in the worker. */
  readonly params: unknown
}

/** An event as the history keeps it. */
export type StoredEvent = EventParams & {
  readonly id: string
  readonly name: EventName
  readonly time: number
  /** Number of the session it belongs to, counted from 1 on this device. */
  readonly session: number
}

/** Why an event, an item of it or a field of it was left out. Counted per reason in `status().storage.dropped`. */
export type DropReason =
  | 'malformed-event'
  | 'duplicate-event'
  | 'duplicate-transaction'
  | 'future-time'
  | 'expired'
  | 'item-without-id'
  | 'too-many-items'
  | 'impossible-price'
  | 'impossible-quantity'
  | 'impossible-number'
  | 'over-long-text'
  | 'unknown-field'
  | 'consent-pending'
  | 'consent-denied'
  | 'engine-failed'

/** What became of one tracked event. */
export type TrackReceipt = {
  readonly id: string
  /**
   * `stored`: on disk, the transaction is done. `memory`: kept for this document only (consent `session`, or no storage).
   * `held`: consent is pending and it waits in this page's memory for it; or the engine failed and it waits in this tab's session
   * storage for the next page. `dropped`: see `reason`.
   */
  readonly outcome: 'stored' | 'memory' | 'held' | 'dropped'
  readonly reason?: DropReason
}

/** Selects from the history; every field narrows. Newest first. */
export type HistoryQuery = {
  /** Only events of this name. */
  readonly type?: EventName
  /** Only events at or after this time (ms since 1970). */
  readonly since?: number
  /** Only events that name this item. */
  readonly item?: string
  /** At most so many; default 100, at most 10,000. */
  readonly limit?: number
}
