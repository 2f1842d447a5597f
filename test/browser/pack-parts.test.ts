import { afterEach, expect, it } from 'vitest'
import { buildPack } from '../../pack/build-pack'
import { withMetadata } from '../../pack/write/pack-header'
import { PackParts } from '../../worker/catalog/pack-parts'
import { CatalogStore } from '../../worker/store/catalog-store'
import { fakeEncoder, makeItems } from '../support/catalog-make'
import { catalogServer } from '../support/catalog-server'
import { testService } from '../support/catalog-service'

const FOLDER = 'https://shop.test/packs/'
const source = { kind: 'url', url: `${FOLDER}catalog.pack` } as const
const bytesOf = (text: string) => new TextEncoder().encode(text)

let namespaces = 0
const stores: CatalogStore[] = []
function newStore() {
  const namespace = `parts-test-${++namespaces}`
  const store = new CatalogStore(namespace)
  stores.push(store)
  return { store, database: `sotto:${namespace}:catalog` }
}
afterEach(async () => {
  for (const store of stores.splice(0)) await store.wipe()
})

/** A pack of ten items with one part, as a server has it; `said` is the size that the core tells of it. */
function packWith(file: string, content: Uint8Array<ArrayBuffer>, said = content.length) {
  const { core } = buildPack(makeItems(10), { encoder: fakeEncoder() })
  const parts = JSON.stringify([{ model: 'ease', file, bytes: said }])
  return { [source.url]: withMetadata(core, { parts }), [FOLDER + file]: content }
}

async function partsOf(service: ReturnType<typeof testService>['service']) {
  const { parts } = await service.withParts([])
  return new PackParts(parts!)
}

it('a part is fetched once, then read from the disk, the size checked; another pack’s parts replace it', async () => {
  const { store } = newStore()
  const server = catalogServer(packWith('a.pack', bytesOf('learned')))
  const first = testService({ source, store, fetch: server.fetch })
  const parts = await partsOf(first.service)
  const [file] = parts.files
  expect(await parts.kept(file!)).toBeUndefined()
  expect(await parts.fetch(file!)).toEqual(bytesOf('learned'))
  await first.service.settled()
  await first.service.pending()
  await first.service.setStore(undefined)

  const second = testService({ source, store, fetch: server.fetch })
  const kept = await partsOf(second.service)
  expect(await kept.kept(file!)).toEqual(bytesOf('learned'))
  expect(await kept.kept({ ...file!, bytes: 3 })).toBeUndefined()

  const newer = catalogServer(packWith('b.pack', bytesOf('learned anew')))
  const third = testService({ source, fetch: newer.fetch })
  await third.service.usable()
  await third.service.setStore(store)
  const replaced = await partsOf(third.service)
  await replaced.fetch(replaced.files[0]!)
  await third.service.setStore(undefined)
  expect(await kept.kept(file!)).toBeUndefined()
  expect(await replaced.kept(replaced.files[0]!)).toBeUndefined() // its disk was taken away
})

it('a file of another size than the pack says is refused', async () => {
  const server = catalogServer(packWith('a.pack', bytesOf('cut'), 7))
  const { service } = testService({ source, fetch: server.fetch })
  const parts = await partsOf(service)
  await expect(parts.fetch(parts.files[0]!)).rejects.toMatchObject({ code: 'pack-invalid', message: expect.stringContaining('expected 7') })
})

it('nothing is written after the disk was taken away', async () => {
  const { store, database } = newStore()
  const server = catalogServer(packWith('a.pack', bytesOf('learned')))
  const { service } = testService({ source, store, fetch: server.fetch })
  const parts = await partsOf(service)
  await parts.fetch(parts.files[0]!)
  await service.setStore(undefined)
  await store.wipe()
  await service.pending()
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(database)
  await parts.fetch(parts.files[0]!)
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(database)
})

it('who takes the disk away waits for what is being written, a catalog saved meanwhile notwithstanding', async () => {
  const { store } = newStore()
  const server = catalogServer(packWith('a.pack', bytesOf('learned')))
  const { service } = testService({ source, fetch: server.fetch })
  await service.usable()
  await service.pending()
  await service.setStore(store)
  const order: string[] = []
  const attempt = store.attempt.bind(store) as (create: boolean, work: unknown) => Promise<unknown>
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const slow = async (create: boolean, work: unknown) => {
    if (create) await held
    const done = await attempt(create, work)
    if (create) order.push('written')
    return done
  }
  store.attempt = slow as typeof store.attempt // the two overloads in one
  const parts = await partsOf(service)
  await parts.fetch(parts.files[0]!)
  await service.settled()
  const taken = service.setStore(undefined).then(() => order.push('taken'))
  release()
  await taken
  expect(order.at(-1)).toBe('taken')
  expect(order).toContain('written')
})

it('a disk that fails has no part, and the failure is shown', async () => {
  const store = new CatalogStore('unused')
  store.attempt = () => Promise.reject(new Error('broken disk'))
  const server = catalogServer(packWith('a.pack', bytesOf('learned')))
  const { service } = testService({ source, fetch: server.fetch })
  await service.usable()
  const { parts: options } = await service.withParts([])
  const parts = new PackParts({ ...options!, store: () => store })
  expect(await parts.kept(parts.files[0]!)).toBeUndefined()
  expect(await parts.fetch(parts.files[0]!)).toEqual(bytesOf('learned'))
  await expect.poll(() => service.status().fault?.message).toContain('broken disk')
})

it('a catalog without learned parts has none to read', async () => {
  const server = catalogServer({ [source.url]: buildPack(makeItems(3), { encoder: fakeEncoder() }).core })
  const { service } = testService({ source, fetch: server.fetch })
  expect((await service.withParts([])).parts).toBeUndefined()
})
