/** One thing a site can show: a product, an article, a course. The same shape whatever the source. */
export type Item = {
  readonly id: string
  readonly title: string
  readonly description?: string
  /** Path from the widest category to the narrowest, e.g. `['Furniture', 'Chairs']`. */
  readonly categories: readonly string[]
  readonly brand?: string
  /** In `currency`, ≥ 0. */
  readonly price?: number
  /** ISO 4217, e.g. `EUR`. */
  readonly currency?: string
  readonly image?: string
  readonly url?: string
  /** `false` keeps the item out of every shelf; absent means available. */
  readonly available?: boolean
  /** Milliseconds since 1970. */
  readonly published?: number
  readonly tags?: readonly string[]
  /** Variants of one product share it. */
  readonly groupId?: string
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
}

/** A small picture that travels inside the catalog pack, so that showing it asks no server for anything. */
export type Thumbnail = { readonly type: string; readonly bytes: Uint8Array }

/** Why an entry of a catalog, or a part of it, was left out. Counted in `status().catalog.problems`. */
export type ItemProblem =
  | 'not-an-object'
  | 'without-id'
  | 'without-title'
  | 'duplicate-id'
  | 'over-long-text'
  | 'impossible-price'
  | 'unsafe-url'
  | 'wrong-type'
  | 'over-capacity'
