import type { Item, Thumbnail } from '../../src/shared/items'
import type { MatrixMemory } from '../compute/matrix-memory'

/**
 * The items that can be recommended now. Immutable: when more of a pack has streamed in, a new catalog takes its place, in which every
 * index of the old one still means the same item. Items stand in order of popularity (a site's JSON array: in the site's own order); those of
 * a pack's later files follow in the order in which the files came. A new version of the catalog begins anew: indices don't carry over.
 */
export interface Catalog {
  readonly count: number
  /** Items that the source announces; at least `count`. */
  readonly total: number
  readonly dim: number
  /** [count, dim] row-major. Row i times `scales[i]` has a norm near 1; a row of zeros is an item without text. */
  readonly vectors: Int8Array
  /** [count], finite, ≥ 0. */
  readonly scales: Float32Array
  /** See `VectorMatrix`; from packs made with `--fine` only: lists that are encoded here have int8 alone. */
  readonly residuals?: Int8Array
  /** See `VectorMatrix`. */
  readonly memory?: MatrixMemory
  readonly ids: readonly string[]
  /** -1 for an id it does not hold. */
  indexOf(id: string): number
  /** Distinct category paths; `categoryOf[i]` says which one item i has. */
  readonly paths: readonly (readonly string[])[]
  /** [count] indices into `paths`. */
  readonly categoryOf: Uint16Array
  /** Bit i (word i >>> 5, bit i & 31) is set where item i must not be recommended because it is not available. */
  readonly unavailable: Uint32Array
  /** The full items, in the order asked for; read and parsed only when asked. */
  items(indices: readonly number[]): Promise<readonly Item[]>
  /** The pictures that came with the pack; `undefined` where there is none. */
  thumbnails(indices: readonly number[]): Promise<readonly (Thumbnail | undefined)[]>
}
