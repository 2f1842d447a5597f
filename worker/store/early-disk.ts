import type { EarlyNotice } from '../../src/shared/contract'
import { catalogDatabase, type SavedHead } from './catalog-schema'

/** What a shelf needs of the catalog's database, and when its source was last checked (ms since 1970). */
export type SavedCatalog = { readonly head: SavedHead; readonly checkedAt: number }

/**
 * Reads the saved catalog while the engine's code is still on its way: the disk takes as long as the code does. Uses no library, for that is
 * part of the code. What cannot be read here is `undefined`, and the engine's own reading says why.
 */
export class EarlyDisk {
  #isBegun = false
  #catalog: Promise<SavedCatalog | undefined> | undefined

  /** Begins to read where a shelf was asked for and consent covers it; once. */
  heed({ config, method }: EarlyNotice): void {
    if (this.#isBegun || config.consent !== 'granted' || config.catalog.kind !== 'url' || (method !== 'recommend' && method !== 'rank'))
      return
    this.#isBegun = true
    this.#catalog = readCatalog(catalogDatabase(config.namespace)).catch(() => undefined)
  }

  /** Hands over what was begun, the first time; `undefined` after that, or where nothing was. */
  take(): Promise<SavedCatalog | undefined> | undefined {
    const catalog = this.#catalog
    this.#catalog = undefined
    return catalog
  }
}

function readCatalog(name: string): Promise<SavedCatalog | undefined> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    // It does not exist: aborting its creation leaves none behind.
    opening.onupgradeneeded = () => opening.transaction?.abort()
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const transaction = database.transaction(['head', 'numbers'])
      const head = transaction.objectStore('head').get('current')
      const checkedAt = transaction.objectStore('numbers').get('checkedAt')
      // Closing waits for what runs, and no deletion has to wait for this connection.
      database.close()
      transaction.onabort = () => reject(transaction.error)
      transaction.oncomplete = () => resolve(head.result && { head: head.result, checkedAt: checkedAt.result ?? 0 })
    }
  })
}
