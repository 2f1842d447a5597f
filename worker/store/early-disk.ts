import type { EarlyNotice } from '../../src/shared/contract'
import { CATALOG_VERSION, catalogDatabase, type SavedHead } from './catalog-schema'

/** What a shelf needs of the catalog's database, and when its source was last checked (ms since 1970). */
export type SavedCatalog = { readonly head: SavedHead; readonly checkedAt: number }

/**
 * An opening that queues behind a deletion which another connection holds up never says a word. One that takes this long is taken for
 * such: most take some ms while the engine's code loads, asking again costs little, and the engine's own opening has a deadline.
 */
const OPEN_MS = 300

/**
 * Reads the saved catalog while the engine's code is still on its way: the disk takes as long as the code does. Uses no library, for that is
 * part of the code. What cannot be read here is `undefined`, and the engine's own reading says why.
 */
export class EarlyDisk {
  #opening: Promise<IDBDatabase> | undefined
  #catalog: Promise<SavedCatalog | undefined> | undefined
  #isTaken = false

  /** Opens the database where consent covers it, and reads where a shelf was asked for. */
  heed({ config, method }: EarlyNotice): void {
    if (config.consent !== 'granted' || config.catalog.kind !== 'url' || this.#isTaken) return
    this.#opening ??= open(catalogDatabase(config.namespace))
    if (method === 'recommend' || method === 'rank') this.#catalog ??= this.#opening.then(readCatalog).catch(() => undefined)
    this.#opening.catch(() => {}) // whoever takes what was read gets nothing
  }

  /** Hands over what was begun, the first time; `undefined` after that, or where nothing was. Never rejects, nor waits for a stuck opening. */
  take(): Promise<SavedCatalog | undefined> | undefined {
    const catalog = this.#catalog
    this.#catalog = undefined
    this.#isTaken = true
    // Closing waits for what runs. A deletion must not have to wait for this connection.
    this.#opening?.then((database) => database.close()).catch(() => {})
    return catalog
  }
}

function open(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, CATALOG_VERSION)
    // Opened later all the same, it lets go when somebody else needs that.
    setTimeout(reject, OPEN_MS)
    // It does not exist, or is older: aborting leaves it so.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      database.onversionchange = () => database.close()
      resolve(database)
    }
  })
}

function readCatalog(database: IDBDatabase): Promise<SavedCatalog | undefined> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(['head', 'numbers'])
    const head = transaction.objectStore('head').get('current')
    const checkedAt = transaction.objectStore('numbers').get('checkedAt')
    transaction.onabort = () => reject(transaction.error)
    transaction.oncomplete = () => resolve(head.result && { head: head.result, checkedAt: checkedAt.result ?? 0 })
  })
}
