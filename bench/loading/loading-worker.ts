import { createWasmIndex } from '../../test/support/create-wasm-index'
import { CatalogService } from '../../worker/catalog/catalog-service'
import { openSaved } from '../../worker/catalog/open-saved'
import { pause } from '../../worker/catalog/slices'
import { unitRow } from '../../worker/compute/row-vectors'
import { CatalogStore } from '../../worker/store/catalog-store'
import { type Prepared, serveEntrant } from '../support/entrant'

/** What a worker of this bench is asked to do, once. */
export type LoadingTask = 'save' | 'own' | 'bare'

const URL_OF_PACK = '/catalog.pack'
const NAMESPACE = 'loading'
const TOP = 20
const now = () => performance.now()

/** A catalog from the disk to its first answer; and the same bytes as one record of another database. */
serveEntrant(async (argument): Promise<Prepared> => {
  const task = argument as LoadingTask // loading.ts sends just that
  const once = { save, own, bare }[task]
  return { tasks: { [task]: { run: once, answer: once } } }
})

/** Loads the pack as the engine does, lets it be saved, and saves as many bytes beside it. @returns their number. */
async function save(): Promise<number> {
  const store = new CatalogStore(NAMESPACE)
  const service = new CatalogService({
    source: { kind: 'url', url: URL_OF_PACK },
    store,
    loadEncoder: () => Promise.reject(new Error('a pack brings its vectors along')),
    fetch: (input, init) => fetch(input, init),
    now: () => Date.now(),
    pause,
    idle: pause,
    onChange: () => {},
  })
  await service.settled()
  await service.pending()
  await service.close()
  const head = (await store.read())?.head
  if (!head) throw new Error('the catalog was not saved')
  const record = joined(Object.values(head))
  const database = await openBare()
  const writing = database.transaction('records', 'readwrite')
  writing.objectStore('records').put(record, 'one')
  await new Promise((resolve, reject) => {
    writing.oncomplete = resolve
    writing.onerror = () => reject(writing.error)
  })
  database.close()
  await store.close()
  return record.length
}

/** The very bytes of the arrays and texts of a record, since browsers compress what they write; the rest is a few numbers. */
function joined(values: readonly unknown[]): Uint8Array {
  const parts = values.flatMap((value) => {
    if (ArrayBuffer.isView(value)) return [new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]
    return typeof value === 'string' ? [new TextEncoder().encode(value)] : []
  })
  const record = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    record.set(part, at)
    at += part.length
  }
  return record
}

/** Milliseconds from nothing open to the first answer, and to the catalog before it; the best item found for item 0. */
export type Found = { readonly ms: number; readonly openMs: number; readonly items: number; readonly best: number }

async function own(): Promise<Found> {
  const started = now()
  const store = new CatalogStore(NAMESPACE)
  const lost = () => Promise.reject(new Error('the disk lost the lines'))
  const opened = await openSaved(store, URL_OF_PACK, (input, init) => fetch(input, init), lost, { now, pause })
  if (!opened) throw new Error('nothing is saved')
  const catalog = opened.live.current
  const openMs = now() - started
  const [found] = await createWasmIndex(catalog).topK(unitRow(catalog, 0), TOP)
  const ms = now() - started
  return { ms, openMs, items: catalog.count, best: found!.indices[0]! }
}

/** @returns milliseconds from nothing open to the record, and its bytes. */
async function bare(): Promise<{ readonly ms: number; readonly bytes: number }> {
  const started = now()
  const database = await openBare()
  const reading = database.transaction('records').objectStore('records').get('one')
  const record = await new Promise<Uint8Array>((resolve, reject) => {
    reading.onsuccess = () => resolve(reading.result)
    reading.onerror = () => reject(reading.error)
  })
  return { ms: now() - started, bytes: record.length }
}

function openBare(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('bare')
    opening.onupgradeneeded = () => opening.result.createObjectStore('records')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
}
