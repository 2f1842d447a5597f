import { afterEach, describe, expect, it } from 'vitest'
import { type BuildPackOptions, buildPack } from '../../pack/build-pack'
import type { Item, Thumbnail } from '../../src/shared/items'
import type { Catalog } from '../../worker/catalog/catalog'
import type { CatalogServiceOptions } from '../../worker/catalog/catalog-service-options'
import { itemLine } from '../../worker/catalog/item-line'
import { shardFromItems } from '../../worker/catalog/shard-from-items'
import { JsIndex } from '../../worker/compute/js-index'
import { RefinedIndex } from '../../worker/compute/refined-index'
import { unitRow } from '../../worker/compute/row-vectors'
import type { SavedHead } from '../../worker/store/catalog-schema'
import { CatalogStore } from '../../worker/store/catalog-store'
import { toUnit } from '../../worker/text/to-unit'
import { fakeEncoder, makeItems } from '../support/catalog-make'
import { catalogServer, packFiles } from '../support/catalog-server'
import { testService } from '../support/catalog-service'
import { expectExact } from '../support/expect-exact'

const URL_JSON = 'https://shop.test/items.json'
const URL_PACK = 'https://shop.test/catalog.pack'
const url = (address: string) => ({ kind: 'url', url: address }) as const

let namespaces = 0
const stores: CatalogStore[] = []
function newStore(namespace = `catalog-test-${++namespaces}`) {
  const store = new CatalogStore(namespace)
  stores.push(store)
  return { store, namespace, database: `sotto:${namespace}:catalog` }
}
afterEach(async () => {
  for (const store of stores.splice(0)) await store.wipe()
})

function makePackFiles(items: readonly Item[], headBytes: number, options: Pick<BuildPackOptions, 'thumbnails' | 'fine'> = {}) {
  return packFiles('https://shop.test/', buildPack(items, { ...options, encoder: fakeEncoder(), headBytes }))
}
/** A picture for each id that ends in 5. */
function pictures(items: readonly Item[]): ReadonlyMap<string, Thumbnail> {
  const bytes = (id: string) => new TextEncoder().encode(`picture of ${id}`)
  return new Map(items.filter(({ id }) => id.endsWith('5')).map(({ id }) => [id, { type: 'image/png', bytes: bytes(id) }]))
}

/** All that a catalog says, fields included. */
async function contentOf(catalog: Catalog) {
  const indices = Array.from({ length: catalog.count }, (_, index) => index)
  const { count, total, dim, vectors, residuals, scales, ids, paths, categoryOf, unavailable } = catalog
  const plain = {
    vectors: [...vectors],
    residuals: residuals && [...residuals],
    scales: [...scales],
    categories: [...categoryOf].map((path) => paths[path]),
    unavailable: [...unavailable],
  }
  return { count, total, dim, ids, ...plain, items: await catalog.items(indices), thumbnails: await catalog.thumbnails(indices) }
}
async function databaseNames() {
  return (await indexedDB.databases()).map(({ name }) => name)
}

describe('a catalog on disk', () => {
  it.each([
    ['JSON', URL_JSON, () => ({ [URL_JSON]: JSON.stringify(makeItems(1_500)) })],
    ['a pack with pictures', URL_PACK, () => makePackFiles(makeItems(700), 40_000, { thumbnails: pictures(makeItems(700)) })],
  ])('from %s is the same when it is opened again, without network or encoder', async (_, address, files) => {
    const { store, namespace } = newStore()
    const first = testService({ source: url(address), store, fetch: catalogServer(files()).fetch })
    const before = await contentOf(await first.service.settled())
    await first.service.pending()
    expect(first.service.status()).not.toHaveProperty('fault')

    const server = catalogServer({})
    const again = testService({ source: url(address), store: newStore(namespace).store, fetch: server.fetch })
    expect(await contentOf(await again.service.usable())).toEqual(before)
    expect(again.service.status()).toMatchObject({ state: 'ready', from: 'disk', loaded: before.count, total: before.count })
    expect(server.requests).toEqual([])
    expect(again.seen.encoderLoads).toBe(0)
  })

  it('from a pack with residuals ranks by them, before and after it is opened again', async () => {
    const { store, namespace } = newStore()
    const server = catalogServer(makePackFiles(makeItems(700), 60_000, { fine: true }))
    const first = testService({ source: url(URL_PACK), store, fetch: server.fetch })
    const catalog = await first.service.settled()
    await first.service.pending()
    expect(server.requests.length).toBeGreaterThan(2)
    const query = toUnit(unitRow(catalog, 3).map((value, at) => value + unitRow(catalog, 500)[at]!))
    const rank = async (matrix: Catalog) => {
      const { residuals = expect.fail('no residuals') } = matrix
      return (await new RefinedIndex(new JsIndex(matrix), { ...matrix, residuals }).topK(query, 50))[0]!
    }
    const before = await rank(catalog)
    expectExact(catalog, query, 50, before)
    expect(before.scores).not.toEqual((await new JsIndex(catalog).topK(query, 50))[0]!.scores)

    const again = testService({ source: url(URL_PACK), store: newStore(namespace).store })
    const reopened = await again.service.usable()
    expect(again.service.status()).toMatchObject({ from: 'disk', loaded: 700 })
    expect(await contentOf(reopened)).toEqual(await contentOf(catalog))
    expect(await rank(reopened)).toEqual(before)
  })

  it('keeps the head of a pack at once, and goes on where it was left', async () => {
    const { store } = newStore()
    const files = makePackFiles(makeItems(700), 40_000)
    const headOnly = catalogServer({ [URL_PACK]: files[URL_PACK]! })
    const first = testService({ source: url(URL_PACK), store, fetch: headOnly.fetch })
    const head = await first.service.usable()
    await first.service.pending()
    await first.service.close()

    const server = catalogServer(files)
    const second = testService({ source: url(URL_PACK), store, fetch: server.fetch })
    expect((await second.service.usable()).ids).toEqual(head.ids)
    await second.service.pending()
    expect(server.urls()).not.toContain(URL_PACK)
    expect(second.service.status()).toMatchObject({ from: 'disk', loaded: 700 })
    expect(second.seen.changes).toBe(1)

    const third = testService({ source: url(URL_PACK), store })
    expect((await third.service.usable()).count).toBe(700)
  })

  it('is not used for another address, and replaced by what comes from there', async () => {
    const { store } = newStore()
    const server = catalogServer({ [URL_JSON]: '[{"id": 1, "title": "one"}]', [URL_PACK]: '[{"id": 2, "title": "two"}]' })
    for (const [address, id] of [
      [URL_JSON, '1'],
      [URL_PACK, '2'],
    ] as const) {
      const { service } = testService({ source: url(address), store, fetch: server.fetch })
      expect((await service.usable()).ids).toEqual([id])
      await service.pending()
    }
    expect((await store.read())?.head.source).toBe(URL_PACK)
  })

  it('is asked for news after a quarter of an hour, not before, and replaced as a whole', async () => {
    const { store } = newStore()
    const server = catalogServer({ [URL_JSON]: JSON.stringify(makeItems(80)) })
    const first = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()

    const options: Partial<CatalogServiceOptions> & Pick<CatalogServiceOptions, 'source'> = {
      source: url(URL_JSON),
      store,
      fetch: server.fetch,
    }
    const second = testService(options)
    second.seen.time += 14 * 60_000
    await second.service.usable()
    await second.service.pending()
    expect(server.requests).toHaveLength(1)

    const third = testService(options)
    third.seen.time += 15 * 60_000
    await third.service.usable()
    await third.service.pending()
    expect(server.requests).toHaveLength(2)
    expect(server.requests[1]?.init?.cache).toBe('no-cache')
    expect([third.seen.changes, third.service.status().from]).toEqual([0, 'disk'])

    // A new version: the old one is shown until the new one is here.
    const fresh = makeItems(90, 5)
    server.files[URL_JSON] = JSON.stringify(fresh)
    const fourth = testService(options)
    fourth.seen.time += 31 * 60_000
    const old = await fourth.service.usable()
    expect(old.count).toBe(80)
    await fourth.service.pending()
    expect(fourth.seen.changes).toBe(1)
    const replaced = await fourth.service.usable()
    expect(await replaced.items([...replaced.ids.keys()])).toEqual(fresh)
    // Whoever still holds the old one can read it to the end.
    expect(await old.items([79])).toEqual([makeItems(80)[79]])
    const reopened = await testService({ source: url(URL_JSON), store }).service.usable()
    expect(await contentOf(reopened)).toEqual(await contentOf(replaced))
  })

  it.each<[string, string]>([
    ['not JSON', '<h1>Wartung</h1>'],
    ['empty', '[]'],
  ])('stays when its update is %s', async (_, body) => {
    const { store } = newStore()
    const server = catalogServer({ [URL_JSON]: JSON.stringify(makeItems(10)) })
    await testService({ source: url(URL_JSON), store, fetch: server.fetch }).service.settled()
    const first = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()
    server.files[URL_JSON] = body
    const later = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    later.seen.time += 3_600_000
    await later.service.usable()
    await later.service.pending()
    expect(later.service.status()).toMatchObject({ state: 'ready', loaded: 10, fault: { code: 'catalog-failed' } })
    expect((await later.service.usable()).count).toBe(10)
    expect((await store.read())?.head.count).toBe(10)
  })

  it('stays when a file of its update is missing', async () => {
    const { store } = newStore()
    const server = catalogServer(makePackFiles(makeItems(300), 20_000))
    const first = testService({ source: url(URL_PACK), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()
    const update = makePackFiles(makeItems(300, 8), 20_000)
    server.files[URL_PACK] = update[URL_PACK]!
    const later = testService({ source: url(URL_PACK), store, fetch: server.fetch })
    later.seen.time += 3_600_000
    await later.service.usable()
    await later.service.pending()
    expect(later.service.status()).toMatchObject({ state: 'ready', from: 'disk', loaded: 300, fault: { details: { status: 404 } } })
    expect((await (await later.service.usable()).items([0]))[0]).toEqual(makeItems(300)[0])
  })

  it('that somebody deleted is loaded again in mid-use', async () => {
    const { store, namespace } = newStore()
    const server = catalogServer({ [URL_JSON]: JSON.stringify(makeItems(50)) })
    const first = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()
    const second = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    const catalog = await second.service.usable()
    await newStore(namespace).store.wipe()
    expect(await catalog.items([49, 0])).toEqual([makeItems(50)[49], makeItems(50)[0]])
    expect(second.service.status()).toMatchObject({ state: 'ready', from: 'network' })
  })

  it.each<[string, (head: SavedHead) => SavedHead]>([
    ['that does not fit together', (head) => ({ ...head, vectors: head.vectors.slice(1) })],
    ['with residuals that do not fit', (head) => ({ ...head, residuals: head.vectors.slice(1) })],
    ['of before items were cleaned on the way in', ({ idEnds: _, ...head }) => head],
  ])('with a head %s counts as none, and is replaced', async (_, spoil) => {
    const { store } = newStore()
    const server = catalogServer({ [URL_JSON]: JSON.stringify(makeItems(50)) })
    const first = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()
    const { head } = (await store.read())!
    const content = { textHashes: undefined, hasLines: false, lines: async () => [], thumbnails: async () => [] }
    await store.save(spoil(head), content, 0)
    const second = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    expect((await second.service.usable()).count).toBe(50)
    expect(second.service.status().from).toBe('network')
    await second.service.pending()
    const third = testService({ source: url(URL_JSON), store })
    expect((await third.service.usable()).count).toBe(50)
    expect(third.service.status().from).toBe('disk')
  })
})

describe('consent and the disk', () => {
  it('without a store nothing is written, and none is read', async () => {
    const { database } = newStore()
    const { service } = testService({ source: url(URL_JSON), fetch: catalogServer({ [URL_JSON]: JSON.stringify(makeItems(5)) }).fetch })
    await service.settled()
    await service.pending()
    expect(await databaseNames()).not.toContain(database)
  })

  it('with one that comes later, what memory holds is kept', async () => {
    const { store, database } = newStore()
    const { service } = testService({ source: url(URL_JSON), fetch: catalogServer({ [URL_JSON]: JSON.stringify(makeItems(5)) }).fetch })
    await service.settled()
    await service.pending()
    await service.setStore(store)
    await service.pending()
    expect(await databaseNames()).toContain(database)
    expect((await store.read())?.head.count).toBe(5)
  })

  it('with one taken away, the disk can be wiped and the catalog goes on from the network', async () => {
    const { store, database } = newStore()
    const server = catalogServer({ [URL_JSON]: JSON.stringify(makeItems(5)) })
    const first = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await first.service.settled()
    await first.service.pending()
    const { service } = testService({ source: url(URL_JSON), store, fetch: server.fetch })
    await service.usable()
    await service.setStore(undefined)
    expect(service.status()).toEqual({ state: 'loading', loaded: 0, total: 0, from: 'none', problems: {} })
    await store.wipe()
    expect(await (await service.usable()).items([4])).toEqual([makeItems(5)[4]])
    await service.pending()
    expect(await databaseNames()).not.toContain(database)
  })
})

describe('a catalog from the page', () => {
  it('is encoded once: the next page uses the vectors again, and reads the items it was given', async () => {
    const { store } = newStore()
    const first = testService({ source: { kind: 'page' }, store })
    await first.service.addItems(makeItems(60), true)
    const before = await first.service.settled()
    await first.service.pending()
    expect(first.seen.encoderLoads).toBe(1)

    const second = testService({ source: { kind: 'page' }, store })
    const changed = makeItems(60).map((item) => ({ ...item, price: 1 }))
    await second.service.addItems(changed, true)
    const after = await second.service.settled()
    expect(second.seen.encoderLoads).toBe(0)
    expect(after.vectors).toEqual(before.vectors)
    expect((await after.items([7]))[0]?.price).toBe(1)

    const third = testService({ source: { kind: 'page' }, store })
    await third.service.addItems([...changed, { id: 'more', title: 'violet hammock' }], true)
    await third.service.settled()
    expect(third.seen.encoder.calls).toBe(1)
  })

  it('takes 50,000 items, and lets others work meanwhile', async () => {
    const { store } = newStore()
    const { service, seen } = testService({ source: { kind: 'page' }, store, now: () => performance.now() })
    const items = makeItems(50_000)
    for (let start = 0; start < items.length; start += 2_000)
      await service.addItems(items.slice(start, start + 2_000), start + 2_000 >= items.length)
    let turns = 0
    let isDone = false
    const other = (async () => {
      while (!isDone) {
        await new Promise((resolve) => setTimeout(resolve))
        turns++
      }
    })()
    const catalog = await service.settled()
    isDone = true
    await other
    expect(catalog.count).toBe(50_000)
    // At least one pause for each 1,024 items, and whoever waited for a turn got one each time.
    expect(seen.pauses).toBeGreaterThanOrEqual(48)
    expect(turns).toBeGreaterThanOrEqual(40)
    await service.pending()
    expect(service.status()).toMatchObject({ state: 'ready', loaded: 50_000, total: 50_000 })
    expect(service.status()).not.toHaveProperty('fault')
  })
})

describe('two tabs', () => {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)
  /** Saves so many items; reading each piece of them waits for `ready`. */
  async function save(target: CatalogStore, count: number, ready: () => Promise<void> = async () => {}) {
    const shard = shardFromItems(makeItems(count), 2, { vectors: new Int8Array(count * 2), scales: new Float32Array(count) })
    const { vectors, scales, paths, categoryOf, unavailable } = shard
    const head = { source: 'x', contentHash: count, total: count, count, dim: 2, vectors, scales, paths, categoryOf, unavailable }
    const rest = { ids: shard.ids.toArray().join('\n'), hasThumbnails: false, tailFiles: [], loadedTails: [], problems: {} }
    const content = {
      textHashes: undefined,
      hasLines: true,
      async lines(from: number, to: number) {
        await ready()
        return (await shard.items(range(from, to))).map(itemLine)
      },
      thumbnails: async () => [],
    }
    await target.save({ ...head, ...rest }, content, 0)
  }
  async function expectWhole(store: CatalogStore, count: number) {
    const { head } = (await store.read())!
    const lines = await store.lines(head.generation, range(0, head.count))
    expect([head.count, head.contentHash, lines.length]).toEqual([count, count, count])
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ url: `/p/${count - 1}` })
  }

  it('that save at once leave one whole catalog', async () => {
    const { store, namespace } = newStore()
    const other = newStore(namespace).store
    await Promise.all([save(store, 3_000), save(other, 2_500), save(store, 100), save(other, 5_000)])
    await expectWhole(store, (await other.read())!.head.contentHash)
  })

  it('leave what was begun last, even where that is done first', async () => {
    const { store, namespace } = newStore()
    const other = newStore(namespace).store
    let isFirstReading = () => {}
    const reading = new Promise<void>((resolve) => {
      isFirstReading = resolve
    })
    let goOn = () => {}
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const first = save(store, 300, () => {
      isFirstReading()
      return waiting
    })
    await reading
    await save(other, 200)
    goOn()
    await first
    await expectWhole(store, 200)
  })
})
