import { SottoError } from '../../src/shared/errors'
import type { Thumbnail } from '../../src/shared/items'
import { loadPart } from '../../src/shared/load-part'
import {
  CATALOG_MIGRATIONS,
  type CatalogDatabase,
  type CatalogSchema,
  catalogDatabase,
  type DeviceRecord,
  ITEMS_PER_CHUNK,
  type SavedHead,
} from './catalog-schema'
import { Connection, type ConnectionOptions } from './connection'
import type { EarlyDisk, SavedCatalog } from './early-disk'
import { nameOf, storageError } from './faults'
import type { CatalogContent } from './save-catalog'

/**
 * The catalog as this device keeps it. Opens nothing until it is first used, and reading never creates the database.
 * Every method may reject with a storage code of `SottoError`.
 */
export class CatalogStore {
  readonly #connection: Connection<CatalogSchema>
  readonly #takeEarly: EarlyDisk['take'] | undefined

  /** @param takeEarly gives what was read before there was a store. */
  constructor(namespace: string, options: ConnectionOptions = {}, takeEarly?: EarlyDisk['take']) {
    this.#takeEarly = takeEarly
    this.#connection = new Connection(catalogDatabase(namespace), { ...options, migrations: CATALOG_MIGRATIONS })
  }

  /** The head in force and when its source was last checked, in one small transaction. */
  async read(): Promise<SavedCatalog | undefined> {
    const early = await this.#takeEarly?.()
    if (!early) return this.#read()
    // Items' fields are asked for next.
    this.#connection.open(false).catch(() => {}) // whoever asks hears of it
    return early
  }

  /** The hashes that belong to a head; `undefined` where its vectors came ready-made. */
  textHashes(generation: number): Promise<Float64Array | undefined> {
    return this.attempt(false, async (database) => database?.get('hashes', generation))
  }

  /**
   * The items' lines, one an index.
   * @throws SottoError `storage-lost` where the generation is gone, replaced twice or deleted by another tab.
   */
  lines(generation: number, indices: readonly number[]): Promise<readonly string[]> {
    return this.attempt(false, async (database) => {
      const store = database?.transaction('lines').store
      const numbers = [...new Set(indices.map((index) => Math.floor(index / ITEMS_PER_CHUNK)))]
      const texts = await Promise.all(numbers.map((number) => store?.get([generation, number])))
      const chunks = new Map(numbers.map((number, at) => [number, texts[at]?.split('\n')]))
      return indices.map((index) => {
        const line = chunks.get(Math.floor(index / ITEMS_PER_CHUNK))?.[index % ITEMS_PER_CHUNK]
        if (line === undefined) throw new SottoError('storage-lost', `${this.#connection.name}: replaced or deleted by another tab`)
        return line
      })
    })
  }

  /** The items' pictures, one an index; `undefined` where there is none. */
  thumbnails(generation: number, indices: readonly number[]): Promise<readonly (Thumbnail | undefined)[]> {
    return this.attempt(false, async (database) => {
      const store = database?.transaction('thumbnails').store
      return Promise.all(indices.map((index) => store?.get([generation, index])))
    })
  }

  /** Replaces what is kept; see `saveCatalog`, which few page views need. @throws SottoError `worker-failed` where it does not load. */
  async save(head: Omit<SavedHead, 'generation'>, content: CatalogContent, checkedAt: number): Promise<void> {
    const { saveCatalog } = await loadPart('what saves catalogs', () => import('./save-catalog'))
    await this.attempt(true, (database) => saveCatalog(database, head, content, checkedAt))
  }

  /** Notes that the source was asked and had nothing new. */
  setCheckedAt(checkedAt: number): Promise<void> {
    return this.attempt(true, async (database) => {
      await database.put('numbers', checkedAt, 'checkedAt')
    })
  }

  /** What was measured of this device, unchecked; `undefined` where nothing is kept. */
  calibration(): Promise<unknown> {
    return this.attempt(false, async (database) => database?.get('numbers', 'calibration'))
  }

  /** Keeps plain data about what scoring costs on this device. */
  setCalibration(value: DeviceRecord): Promise<void> {
    return this.attempt(true, async (database) => {
      await database.put('numbers', value, 'calibration')
    })
  }

  /** Deletes the whole database. The store can be used again and starts empty. */
  wipe(): Promise<void> {
    return this.#connection.delete()
  }

  /** Lets go of the connection. */
  close(): Promise<void> {
    return this.#connection.close()
  }

  #read(): Promise<SavedCatalog | undefined> {
    return this.attempt(false, async (database) => {
      const tx = database?.transaction(['head', 'numbers'])
      const [head, checkedAt = 0] = await Promise.all([tx?.objectStore('head').get('current'), tx?.objectStore('numbers').get('checkedAt')])
      return head && { head, checkedAt: Number(checkedAt) }
    })
  }

  attempt<T>(create: true, work: (database: CatalogDatabase) => Promise<T>): Promise<T>
  attempt<T>(create: false, work: (database: CatalogDatabase | undefined) => Promise<T>): Promise<T>
  /**
   * Runs `work`, and once more on a new connection where the old one turned out to be dead; for code that is loaded when it is needed.
   * @param create whether a database that does not exist is made; where not, `work` gets `undefined` in its place.
   */
  async attempt<T>(create: boolean, work: (database: CatalogDatabase & undefined) => Promise<T>): Promise<T> {
    // Where `create` is set there is a database: the overloads say so, their common type cannot.
    const run = async () => work((await this.#connection.open(create)) as CatalogDatabase & undefined)
    try {
      return await run()
    } catch (thrown) {
      if (thrown instanceof SottoError) throw thrown
      if (nameOf(thrown) === 'QuotaExceededError') throw storageError('storage-quota', this.#connection.name, thrown)
      await this.#connection.close()
    }
    try {
      return await run()
    } catch (thrown) {
      throw thrown instanceof SottoError ? thrown : storageError('storage-lost', this.#connection.name, thrown)
    }
  }
}
