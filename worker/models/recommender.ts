import type { ModelName } from './model-part'

/** What a model is asked about: what one visitor did, as rows of the catalog in the order of the pack. */
export type Visit = {
  /** Oldest first; an item may come again. All are at least 0 and below `itemCount`. May be empty. */
  readonly items: Int32Array
  /** When, in ms since 1970, rising; as long as `items`. Absent where only the order is known. */
  readonly times?: Float64Array
  /** How much each counts, above 0; as long as `items`. Default 1 each. */
  readonly weights?: Float32Array
  /** Where in `items` the current session (or basket) begins. Default 0: all is one session. */
  readonly sessionStart?: number
  /** The moment of the question, ms since 1970. Default: the last of `times`. */
  readonly now?: number
}

/**
 * One way to say what a visitor may want next. All models answer in the same form, so that they can be blended, compared and explained
 * without knowing which is which.
 */
export interface Recommender {
  readonly name: ModelName
  /** Rows it knows: the first so many of the pack. */
  readonly itemCount: number
  /**
   * Scores every item for a visit.
   * @param out [itemCount], overwritten: finite, at least 0, higher is better, comparable within one call. 0: nothing speaks for the item.
   * Items of the visit are scored like any other: whoever ranks leaves them out, or not.
   */
  score(visit: Visit, out: Float32Array): void | Promise<void>
  /**
   * Which items of the visit speak for one item.
   * @param out [visit.items.length], overwritten: each position's part of the score, at least 0. All zeros where the model cannot tell.
   */
  explain(visit: Visit, item: number, out: Float32Array): void | Promise<void>
  /** Frees what it holds outside of this heap. */
  dispose?(): void
}
