import { afterEach, describe, expect, it, vi } from 'vitest'
import { IndexedDbHistory } from '../../worker/store/indexeddb-history'
import { listDatabases } from '../../worker/store/list-databases'
import { MIGRATIONS } from '../../worker/store/migrations'
import { openHistory } from '../../worker/store/open-history'
import { patiently } from '../support/patiently'
import { DAY, eventMaker, NOW, views } from '../unit/history/make-event'
import { clearSiteData } from './history-devtools'
import { freshNamespace, removeAll } from './history-namespaces'

const nativeIndexedDb = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!
const quick = { waits: { blockedMs: 50, silentMs: 20_000 } }

afterEach(async () => {
  vi.restoreAllMocks()
  Object.defineProperty(globalThis, 'indexedDB', nativeIndexedDb)
  await removeAll()
})

function options(namespace = freshNamespace()) {
  return { namespace, maxAgeMs: 180 * DAY, maxEvents: 10_000, now: () => NOW }
}

/** A connection of someone who is not Sotto: closes only when told. */
function hold(name: string, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onupgradeneeded = () => request.result.createObjectStore('theirs')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Every connection opened from now on, as the browser made them. */
function spyOnConnections(): IDBDatabase[] {
  const connections: IDBDatabase[] = []
  const open = IDBFactory.prototype.open
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, name, version) {
    const request = open.call(this, name, version)
    request.addEventListener('success', () => connections.push(request.result))
    return request
  })
  return connections
}

async function versionOf(name: string): Promise<number | undefined> {
  return (await indexedDB.databases()).find((database) => database.name === name)?.version
}

describe('a database that is not there', () => {
  it('is not made by reading, and is by the first append', async () => {
    const settings = options()
    const store = await openHistory(settings)
    await Promise.all([store.checkpoint(), store.all(), store.query({ limit: 5 })])
    expect(await listDatabases(settings.namespace)).toEqual([])
    await store.append(views(1), false)
    expect(await listDatabases(settings.namespace)).toEqual([`sotto:${settings.namespace}`])
    await store.wipe()
    expect(await listDatabases(settings.namespace)).toEqual([])
    await Promise.all([store.checkpoint(), store.all()])
    expect(await listDatabases(settings.namespace)).toEqual([])
    await store.append(views(1), false)
    expect(await listDatabases(settings.namespace)).toEqual([`sotto:${settings.namespace}`])
    await store.close()
  })

  it('is made by an append that comes while it is being looked for', async () => {
    const store = new IndexedDbHistory(options())
    const [read, [receipt]] = await Promise.all([store.all(), store.append(views(1), false)])
    expect(read.length).toBeLessThanOrEqual(1)
    expect(receipt?.outcome).toBe('stored')
    expect(await store.all()).toHaveLength(1)
    await store.close()
  })

  it('lists the databases of its own namespace only', async () => {
    const namespace = freshNamespace()
    const names = [`sotto:${namespace}`, `sotto:${namespace}:catalog`, `sotto:${namespace}-2`]
    const held = await Promise.all(names.map((name) => hold(name, 1)))
    expect(await listDatabases(namespace)).toEqual(names.slice(0, 2))
    for (const database of held) database.close()
  })
})

describe('memory stands in and says why', () => {
  it.each([
    ['IndexedDB is absent', { value: undefined }],
    [
      'naming IndexedDB throws',
      {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      },
    ],
    [
      'opening throws',
      {
        value: {
          open: () => {
            throw new DOMException('denied', 'SecurityError')
          },
          deleteDatabase: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        },
      },
    ],
  ])('where %s', async (_, descriptor) => {
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, ...descriptor })
    const store = await openHistory(options())
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-refused' } })
    const [receipt] = await store.append(views(1), false)
    expect(receipt?.outcome).toBe('memory')
    await store.wipe()
    expect(await store.all()).toEqual([])
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-refused' } })
  })

  it('where a newer version wrote the database, which stays as it is, until a wipe', async () => {
    const settings = options()
    const name = `sotto:${settings.namespace}`
    ;(await hold(name, 99)).close()
    const store = await openHistory(settings)
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-newer' } })
    await store.append(views(3), false)
    expect(await versionOf(name)).toBe(99)
    await store.wipe()
    expect(await listDatabases(settings.namespace)).toEqual([])
    expect(store).toMatchObject({ kind: 'indexeddb', fault: undefined })
    expect((await store.append(views(1), false))[0]?.outcome).toBe('stored')
    await store.close()
  })

  it('where another connection holds an older version, and leaves no connection behind when that lets go', async () => {
    const settings = options()
    const name = `sotto:${settings.namespace}`
    const other = await hold(name, 1)
    const connections = spyOnConnections()
    const step = () => {}
    const store = await openHistory(settings, { ...quick, migrations: [...MIGRATIONS, step] })
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-blocked' } })
    other.close()
    await patiently(() => expect(connections).toHaveLength(1))
    // Closed: a transaction on it is refused.
    await patiently(() => expect(() => connections[0]!.transaction('theirs')).toThrow(/closing/))
  })

  it('where an opening waits without a word behind a deletion', async () => {
    const settings = options()
    const name = `sotto:${settings.namespace}`
    const other = await hold(name, 1)
    const deletion = indexedDB.deleteDatabase(name)
    const store = await openHistory(settings, { waits: { blockedMs: 2_000, silentMs: 50 } })
    expect(store.fault?.code).toBe('storage-blocked')
    other.close()
    await new Promise((resolve) => deletion.addEventListener('success', resolve))
  })

  it('rejects a wipe that another connection prevents, having emptied the stores', async () => {
    const settings = options()
    const name = `sotto:${settings.namespace}`
    const store = await openHistory(settings, quick)
    await store.append(views(4), false)
    const other = await hold(name, 1)
    await expect(store.wipe()).rejects.toMatchObject({ code: 'storage-blocked' })
    expect(await readCount(other)).toBe(0)
    other.close()
    await patiently(async () => expect(await listDatabases(settings.namespace)).toEqual([]))
  })
})

function readCount(database: IDBDatabase): Promise<number> {
  return new Promise((resolve) => {
    const request = database.transaction('events').objectStore('events').count()
    request.onsuccess = () => resolve(request.result)
  })
}

describe('a migration', () => {
  it.each([
    [
      'throws',
      () => {
        throw new TypeError('broken')
      },
    ],
    [
      'rejects later',
      async (database: { createObjectStore(name: string): { put(value: unknown, key: string): Promise<unknown> } }) => {
        await database.createObjectStore('half').put(1, 'one')
        throw new TypeError('broken')
      },
    ],
  ])('that %s leaves the database at the old version with all its events', async (_, broken) => {
    const settings = options()
    const name = `sotto:${settings.namespace}`
    const before = await openHistory(settings)
    await before.append(views(3), false)
    await before.close()
    const store = await openHistory(settings, { migrations: [...MIGRATIONS, broken as never] })
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'internal', details: { cause: 'TypeError' } } })
    expect(await versionOf(name)).toBe(1)
    const after = await openHistory(settings)
    expect(await after.all()).toHaveLength(3)
    await after.close()
  })

  it('that succeeds raises the version and keeps the events', async () => {
    const settings = options()
    const before = await openHistory(settings)
    await before.append(views(3), false)
    const seen: string[] = []
    const step: (typeof MIGRATIONS)[number] = async (_, transaction) => {
      seen.push(...transaction.objectStoreNames)
      await transaction.objectStore('events').count()
    }
    // The open connection of the older version lets go by itself.
    const store = await openHistory(settings, { migrations: [...MIGRATIONS, step] })
    expect(seen).toEqual(['checkpoint', 'events'])
    expect(await versionOf(`sotto:${settings.namespace}`)).toBe(2)
    expect(await store.all()).toHaveLength(3)
    // What runs with the old version now finds a newer one.
    await before.append(views(1, NOW, 0, 'x'), false)
    expect(before).toMatchObject({ kind: 'memory', fault: { code: 'storage-newer' } })
    await store.close()
  })
})

describe('a checkpoint', () => {
  it.each([
    ['missing', undefined],
    ['of another version', { version: 0, count: 77 }],
  ])('that is %s is rebuilt from the events', async (_, stored) => {
    const settings = options()
    const store = await openHistory(settings)
    await store.append([...views(5, NOW - DAY), ...views(3, NOW, 2_000, 'w')], false)
    const { dropped: _dropped, ...good } = await store.checkpoint()
    const other = await hold(`sotto:${settings.namespace}`, 1)
    await new Promise((resolve) => {
      const transaction = other.transaction('checkpoint', 'readwrite')
      const target = transaction.objectStore('checkpoint')
      if (stored) target.put(stored, 'current')
      else target.delete('current')
      transaction.oncomplete = resolve
    })
    other.close()
    expect(await store.checkpoint()).toMatchObject(good)
    await store.append([eventMaker('z')(NOW, 'search', { search_term: 'x' })], false)
    expect(await store.checkpoint()).toMatchObject({ count: 9, sessions: 2, counts: { view_item: 8, search: 1 } })
    await store.close()
  })
})

describe('a full disk', () => {
  /** The next `times` adds fail as they do without space: the request fails with a QuotaExceededError, and so its transaction. */
  function fillDisk(times: number): { failures: number } {
    const state = { failures: 0 }
    const add = IDBObjectStore.prototype.add
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (state.failures >= times) return add.call(this, value, key)
      state.failures++
      throw new DOMException('full', 'QuotaExceededError')
    })
    return state
  }

  it('costs the oldest tenth, once, and the batch is stored', async () => {
    const store = await openHistory(options())
    const events = views(100, NOW - DAY)
    await store.append(events, false)
    const disk = fillDisk(1)
    const [receipt] = await store.append(views(1, NOW, 0, 'x'), false)
    expect(disk.failures).toBe(1)
    expect(receipt?.outcome).toBe('stored')
    expect((await store.all()).map(({ id }) => id).slice(0, -1)).toEqual(events.slice(10).map(({ id }) => id))
    expect(await store.checkpoint()).toMatchObject({ count: 91, counts: { view_item: 91 }, firstTime: events[10]!.time })
    expect(store.kind).toBe('indexeddb')
    await store.close()
  })

  it('that stays full makes memory stand in, which knows what the disk knew', async () => {
    const settings = options()
    const store = await openHistory(settings)
    await store.append(views(50, NOW - DAY), false)
    fillDisk(Number.POSITIVE_INFINITY)
    const receipts = await Promise.all(views(5, NOW, 3_000, 'x').map((event) => store.append([event], false)))
    expect(receipts.flat().every(({ outcome }) => outcome === 'memory')).toBe(true)
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-quota' } })
    expect(await store.all()).toHaveLength(50) // 50 less a tenth, and the five
    expect(await store.checkpoint()).toMatchObject({ count: 50, sessions: 2 })
    vi.restoreAllMocks()
    const reloaded = await openHistory(settings)
    expect(await reloaded.all()).toHaveLength(45)
    await Promise.all([store.close(), reloaded.close()])
  })
})

describe('a lost connection', () => {
  it('is opened anew, for reads and appends', async () => {
    const connections = spyOnConnections()
    const store = await openHistory(options())
    await store.append(views(3, NOW - DAY), false)
    connections.at(-1)!.close()
    expect((await store.append(views(1), false))[0]?.outcome).toBe('stored')
    connections.at(-1)!.close()
    expect(await store.all()).toHaveLength(4)
    expect(connections).toHaveLength(3)
    expect(store.kind).toBe('indexeddb')
    await store.close()
  })

  it('in the middle of an append neither loses nor doubles it', async () => {
    const store = await openHistory(options())
    await store.append(views(3, NOW - DAY), false)
    const commit = IDBTransaction.prototype.commit
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: IDBTransaction) {
      commit.call(this)
      throw new DOMException('lost', 'UnknownError') // after it was committed in truth
    })
    expect((await store.append(views(2), false)).map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
    expect(await store.checkpoint()).toMatchObject({ count: 5, counts: { view_item: 5 } })
    expect(await store.all()).toHaveLength(5)
    await store.close()
  })

  it('that cannot be opened again makes memory stand in', async () => {
    const connections = spyOnConnections()
    const store = await openHistory(options())
    await store.append(views(3, NOW - DAY), false)
    connections.at(-1)!.close()
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError')
    })
    expect((await store.append(views(1), false))[0]?.outcome).toBe('memory')
    expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-lost' } })
  })

  it('by the browser clearing site data is survived', async () => {
    const store = await openHistory(options())
    await store.append(views(3, NOW - DAY), false)
    await clearSiteData()
    expect((await store.append(views(1), false))[0]?.outcome).toBe('stored')
    expect(await store.checkpoint()).toMatchObject({ count: 1 })
    expect(store.kind).toBe('indexeddb')
    await store.close()
  })
})
