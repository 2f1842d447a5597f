import type { Item, Thumbnail } from '../../src/shared/items'
import type { IdList } from './id-list'

/** Items that arrive together, whatever the source: some of a JSON array, one file of a pack, everything the disk holds. */
export type Shard = {
  readonly count: number
  readonly dim: number
  /** [count, dim] row-major. */
  readonly vectors: Int8Array
  /** [count], finite, ≥ 0. */
  readonly scales: Float32Array
  /** [count, dim], where the source has them; see `VectorMatrix`. */
  readonly residuals?: Int8Array
  readonly ids: IdList
  readonly paths: readonly (readonly string[])[]
  /** [count] indices into `paths`. */
  readonly categoryOf: Uint16Array
  /** [count]: 1 where an item must not be recommended. */
  readonly unavailable: Uint8Array
  /** [count] hashes of the texts behind the vectors; absent where the vectors came ready-made. */
  readonly textHashes?: Float64Array
  /** The items asked for, with all their fields, cleaned. */
  items(indices: readonly number[]): Promise<readonly Item[]>
  readonly hasThumbnails: boolean
  thumbnails(indices: readonly number[]): Promise<readonly (Thumbnail | undefined)[]>
}
