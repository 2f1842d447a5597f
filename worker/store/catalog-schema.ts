import type { DBSchema, IDBPDatabase } from 'idb'
import type { Thumbnail } from '../../src/shared/items'
import type { CatalogStatus } from '../../src/shared/status'
import type { Migration } from './migrations'
import { historyDatabase } from './schema'

/** Everything that ranking needs, in few large values: read whole at each start, so it holds no fields of items. */
export type SavedHead = {
  /** Raised by each save; part of the keys of everything that belongs to it. */
  readonly generation: number
  /** Which source it was made from. */
  readonly source: string
  readonly contentHash: number
  readonly total: number
  readonly count: number
  readonly dim: number
  readonly vectors: Int8Array
  readonly scales: Float32Array
  /** Absent where the catalog has none, and in heads of before they existed. */
  readonly residuals?: Int8Array
  /** One a line. */
  readonly ids: string
  /** Of the ids; see `savedIds`. Heads of before there were any are not opened: their items' lines were not cleaned either. */
  readonly idEnds?: Uint32Array
  readonly idOrder?: Uint32Array
  readonly paths: readonly (readonly string[])[]
  readonly categoryOf: Uint16Array
  readonly unavailable: Uint8Array
  readonly hasThumbnails: boolean
  readonly tailFiles: readonly { readonly file: string; readonly items: number; readonly bytes: number }[]
  /** Files of what was learned; absent where nothing was, and in heads of before there was any. */
  readonly partFiles?: readonly { readonly model: string; readonly file: string; readonly bytes: number }[]
  /** Numbers of the tails whose items are in. */
  readonly loadedTails: readonly number[]
  readonly problems: CatalogStatus['problems']
}

/**
 * Plain data of a shape that the store does not know. It lies among the numbers: a store of its own would raise the version, and an older
 * Sotto could not open it.
 */
export type DeviceRecord = object

/** Version 1 of the catalog's database. */
export interface CatalogSchema extends DBSchema {
  /** The one head in force. */
  head: { key: 'current'; value: SavedHead }
  /** Key: generation. Hashes of the texts behind the head's vectors, read only when texts must be encoded. */
  hashes: { key: number; value: Float64Array }
  /** Key: generation and number of the chunk. The items' lines, joined. */
  lines: { key: [number, number]; value: string }
  /** Key: generation and index of the item. */
  thumbnails: { key: [number, number]; value: Thumbnail }
  /**
   * When the source was last asked whether it changed; the last generation given out; under `calibration`, what scoring costs here; and
   * under `part:` and its name each file of what was learned, a Uint8Array.
   */
  numbers: { key: 'checkedAt' | 'generation' | 'calibration' | `part:${string}`; value: number | DeviceRecord }
}

export type CatalogDatabase = IDBPDatabase<CatalogSchema>

/** The number of steps below, by itself for what runs before their code is needed. */
export const CATALOG_VERSION = 1

/** Every step in order; their number is the database's version. A released step is never changed. */
export const CATALOG_MIGRATIONS: readonly Migration[] = [
  (database) => {
    for (const name of ['head', 'hashes', 'lines', 'thumbnails', 'numbers']) database.createObjectStore(name)
  },
]

/** Items that share one record: a shelf reads about as many records as it has items, and no record is large. */
export const ITEMS_PER_CHUNK = 64

/** Name of the catalog's database. */
export function catalogDatabase(namespace: string): string {
  return `${historyDatabase(namespace)}:catalog`
}
