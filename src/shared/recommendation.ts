import type { EventName } from './events'
import type { Item, Thumbnail } from './items'
import type { Backend } from './status'

export const STRATEGIES = ['for-you', 'similar', 'bought-together', 'cart', 'next', 'recently-viewed', 'trending', 'new', 'search'] as const
export type Strategy = (typeof STRATEGIES)[number]

/** Keeps only items that meet every field given. */
export type ItemFilter = {
  /** Any part of the item's category path, exactly as written in the catalog. */
  readonly category?: string
  readonly brand?: string
  readonly minPrice?: number
  readonly maxPrice?: number
}

export type RecommendRequest = RequestFields &
  (
    | { readonly strategy: 'for-you' | 'cart' | 'next' | 'recently-viewed' | 'trending' | 'new' }
    | { readonly strategy: 'similar' | 'bought-together'; readonly itemId: string }
    | { readonly strategy: 'search'; readonly query: string }
  )

type RequestFields = {
  /** Where the shelf stands on the site; a name for measurement, default `default`. */
  readonly slot?: string
  /** 1 to 200, default 8. */
  readonly limit?: number
  /** `similar` and `bought-together` need it: the item to resemble, or to go with. */
  readonly itemId?: string
  /** `search` needs it: what the visitor typed. */
  readonly query?: string
  /** Ids that must not appear. */
  readonly exclude?: readonly string[]
  readonly filter?: ItemFilter
  /**
   * `for-you`: ranks by this one of the models that the pack brings, in place of all of them together; by name, e.g. `ease`.
   * Meant for comparing them. Without it, and where the pack has none of that name: as usual.
   */
  readonly model?: string
}

/** One reason: a thing the visitor did with an item, and how much of the score it carries. */
export type Because = {
  readonly itemId: string
  readonly title: string
  /** The weightiest thing done with that item. */
  readonly event: EventName
  /** 0 to 1; the shares of one result sum to at most 1, what is missing lies with reasons too small to list. */
  readonly share: number
}

/** Why a result is where it is. */
export type Evidence = {
  /**
   * `history`: resembles what the visitor did (`because` says what). `item`: resembles the item asked about.
   * `query`: matches the text. `recent`: was itself looked at. `popular`: nothing is known yet, so the catalog's own order.
   * `together`: others bought it together with the item asked about. `trending`: wanted more than usual lately. `new`: published lately.
   */
  readonly kind: 'history' | 'item' | 'query' | 'recent' | 'popular' | 'together' | 'trending' | 'new'
  /** Weightiest first, at most 3. */
  readonly because: readonly Because[]
  /** Words the result shares with its reasons (or with the item or text asked about), at most 6. */
  readonly words: readonly string[]
  /** Categories it shares with them, narrowest last. */
  readonly categories: readonly string[]
  /** Which learned model put it there, `blend` for all of them together; absent where none did: by likeness, or by the catalog's order. */
  readonly model?: string
}

export type RecommendedItem = {
  readonly id: string
  /** Higher is better; comparable within one result only. */
  readonly score: number
  readonly item: Item
  /** Present where the catalog pack carries one. */
  readonly thumbnail?: Thumbnail
  readonly evidence: Evidence
}

export type Recommendation = {
  readonly items: readonly RecommendedItem[]
  readonly strategy: Strategy
  /** Who scored it. */
  readonly backend: Backend
  /** Milliseconds in the worker. */
  readonly ms: number
}

export type Explanation = {
  readonly itemId: string
  /**
   * What speaks for the item; shares sum to 1, or the list is empty where nothing is known of the visitor. `similarity`, `category` and
   * `popularity`; where learned models rank, the names of their features: a model (`terms`), or what of the visit it was asked about
   * (`terms last`).
   */
  readonly parts: readonly { readonly name: string; readonly share: number }[]
  /** Where learned models rank: every feature with its value for this item, and the weight that it has on this device by now. */
  readonly features?: readonly RankerFeature[]
  /** Every reason, weightiest first; shares sum to 1. */
  readonly because: readonly { readonly itemId: string; readonly event: EventName; readonly share: number }[]
}

/** One feature of the ranker: `value * weight` is what it puts into the log-odds that the item is chosen. */
export type RankerFeature = {
  readonly name: string
  readonly value: number
  readonly weight: number
  /** Standard deviation of the weight: how unsure the ranker still is of it. */
  readonly deviation: number
}
