import { afterEach, expect, it } from 'vitest'
import type { EarlyNotice } from '../../src/shared/contract'
import { CATALOG_MIGRATIONS, CATALOG_VERSION, catalogDatabase } from '../../worker/store/catalog-schema'
import { CatalogStore } from '../../worker/store/catalog-store'
import { EarlyDisk } from '../../worker/store/early-disk'
import { freshNamespace, removeAll } from './history-namespaces'

const holders: IDBDatabase[] = []
afterEach(async () => {
  for (const database of holders.splice(0)) database.close()
  await removeAll()
})

const noticeOf = (namespace: string): EarlyNotice => ({
  sotto: 'early',
  method: 'recommend',
  config: { namespace, consent: 'granted', compute: 'auto', catalog: { kind: 'url', url: '/c.json' }, maxAgeMs: 1, maxEvents: 1 },
})

/** A connection of someone who is not Sotto: closes only when told. */
function hold(namespace: string, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(catalogDatabase(namespace), version)
    request.onupgradeneeded = () => {
      for (const name of ['head', 'hashes', 'lines', 'thumbnails', 'numbers']) request.result.createObjectStore(name)
    }
    request.onsuccess = () => {
      holders.push(request.result)
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
  })
}

/** A store that takes what was read before it was there, as the worker's does. */
function begin(namespace: string, silentMs: number) {
  const early = new EarlyDisk()
  early.heed(noticeOf(namespace))
  const waits = { blockedMs: silentMs, silentMs }
  return new CatalogStore(namespace, { waits }, () => early.take())
}

it('does not keep a shelf waiting where the opening queues behind a deletion that somebody holds up', async () => {
  const namespace = freshNamespace()
  const holder = await hold(namespace, CATALOG_VERSION)
  indexedDB.deleteDatabase(catalogDatabase(namespace))
  // Waits for the holder from here on: a database that is to be deleted tells it so.
  await new Promise((resolve) => {
    holder.onversionchange = resolve
  })
  await expect(begin(namespace, 200).read()).rejects.toMatchObject({ code: 'storage-blocked' })
})

it('does not read what a newer version wrote', async () => {
  const namespace = freshNamespace()
  const database = await hold(namespace, CATALOG_VERSION + 1)
  database.transaction('head', 'readwrite').objectStore('head').put({ shape: 'of tomorrow' }, 'current')
  database.close()
  await expect(begin(namespace, 20_000).read()).rejects.toMatchObject({ code: 'storage-newer' })
})

it('opens the version that the migrations lead to, and makes no database', async () => {
  expect(CATALOG_MIGRATIONS).toHaveLength(CATALOG_VERSION)
  const namespace = freshNamespace()
  expect(await begin(namespace, 20_000).read()).toBeUndefined()
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(catalogDatabase(namespace))
})
