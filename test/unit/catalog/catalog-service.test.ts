import { describe, expect, it } from 'vitest'
import { buildPack } from '../../../pack/build-pack'
import type { SottoErrorCode } from '../../../src/shared/errors'
import { readPackCore } from '../../../worker/catalog/read-pack'
import { fakeEncoder, makeItems } from '../../support/catalog-make'
import { catalogServer, packFiles } from '../../support/catalog-server'
import { testService } from '../../support/catalog-service'

const JSON_URL = 'https://shop.test/items.json'
const PACK_URL = 'https://shop.test/c/catalog.pack?v=1'
const url = (address: string) => ({ kind: 'url', url: address }) as const
const utf8 = (text: string) => new TextEncoder().encode(text)
const pack = buildPack(makeItems(300), { encoder: fakeEncoder(), headBytes: 20_000, tailBytes: 8_000 })
const packed = (): Record<string, Uint8Array<ArrayBuffer>> => {
  const { 'https://shop.test/c/catalog.pack': core, ...parts } = packFiles('https://shop.test/c/', pack)
  return { [PACK_URL]: core!, ...parts }
}

describe('a catalog from JSON', () => {
  it('is loaded when first asked for, and only once', async () => {
    const items = makeItems(20)
    const server = catalogServer({ [JSON_URL]: JSON.stringify(items) })
    const { service } = testService({ source: url(JSON_URL), fetch: server.fetch })
    expect(server.requests).toEqual([])
    expect(service.status()).toEqual({ state: 'loading', loaded: 0, total: 0, from: 'none', problems: {} })
    const [catalog, same] = await Promise.all([service.usable(), service.usable()])
    expect(catalog).toBe(same)
    expect(await catalog.items([3, 0, 3])).toEqual([items[3], items[0], items[3]])
    expect(catalog.ids).toEqual(items.map(({ id }) => id))
    expect(service.status()).toEqual({ state: 'ready', loaded: 20, total: 20, from: 'network', problems: {} })
    const init = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'default', signal: expect.any(AbortSignal) }
    expect(server.requests).toEqual([{ url: JSON_URL, init }])
  })

  it('takes {"items": […]}, a byte order mark, and white space before', async () => {
    const server = catalogServer({ [JSON_URL]: utf8('\ufeff \n{"items": [{"id": 5, "title": "x"}]}') })
    const catalog = await testService({ source: url(JSON_URL), fetch: server.fetch }).service.usable()
    expect(catalog.ids).toEqual(['5'])
  })

  it('counts what it left out, and keeps markup as text', async () => {
    const title = '<img src=x onerror=alert(1)>'
    const entries = [{ id: 1, title }, { id: 1, title: 'again' }, null, { id: 2, title: 'b', url: 'javascript:0', available: false }]
    const server = catalogServer({ [JSON_URL]: JSON.stringify(entries) })
    const { service } = testService({ source: url(JSON_URL), fetch: server.fetch })
    const catalog = await service.usable()
    expect(await catalog.items([0, 1])).toEqual([
      { id: '1', title, categories: [] },
      { id: '2', title: 'b', categories: [], available: false },
    ])
    expect([...catalog.unavailable]).toEqual([0b10])
    expect(service.status().problems).toEqual({ 'duplicate-id': 1, 'not-an-object': 1, 'unsafe-url': 1 })
  })

  it('offers the first thousand before the others, in the same places, and tells of the rest', async () => {
    const { service, seen } = testService({
      source: url(JSON_URL),
      fetch: catalogServer({ [JSON_URL]: JSON.stringify(makeItems(3_000)) }).fetch,
    })
    const first = await service.usable()
    expect([first.count, first.total]).toEqual([1_024, 3_000])
    const all = await service.settled()
    expect(all.count).toBe(3_000)
    expect([all.indexOf('item-1023'), all.indexOf('item-2999')]).toEqual([1_023, 2_999])
    expect([first.indexOf('item-1023'), first.indexOf('item-2999'), first.ids.length]).toEqual([1_023, -1, 1_024])
    expect(first.vectors).toEqual(all.vectors.subarray(0, first.vectors.length))
    await expect(first.items([1_024])).rejects.toMatchObject({ code: 'invalid-argument' })
    await service.pending()
    expect(seen.changes).toBe(1)
    expect((await service.with(['item-2999', 'nowhere'])).indexOf('nowhere')).toBe(-1)
  })

  it('lets other work in while it encodes, whenever a slice of time is used up', async () => {
    const { service, seen } = testService({
      source: url(JSON_URL),
      fetch: catalogServer({ [JSON_URL]: JSON.stringify(makeItems(1_000)) }).fetch,
    })
    // Each look-up of an encoded text takes a millisecond of this clock.
    const encode = seen.encoder.encode
    seen.encoder.encode = (text) => {
      seen.time++
      return encode.call(seen.encoder, text)
    }
    await service.settled()
    expect(seen.encoder.calls).toBe(3_000)
    expect(seen.pauses).toBeGreaterThan(300)
  })

  it.each<[string, string | Uint8Array<ArrayBuffer> | number, string]>([
    ['not JSON', '<!doctype html><title>Shop</title>', 'not-json'],
    ['cut short', JSON.stringify(makeItems(5)).slice(0, -20), 'not-json'],
    ['nothing', '', 'not-json'],
    ['not a list', '{"products": []}', 'not-a-list'],
    ['a number', '7', 'not-a-list'],
    ['0 items', '[]', 'empty'],
    ['no usable item', '[1, {"id": 2}]', 'empty'],
    ['a pack without items', buildPack(makeItems(1), { encoder: fakeEncoder() }).core.slice(0, 50), 'pack-invalid'],
    ['missing', 404, 'http'],
    ['unreachable', 0, 'network'],
  ])('%s: refused, with the reason', async (_, body, reason) => {
    const { service } = testService({ source: url(JSON_URL), fetch: catalogServer({ [JSON_URL]: body }).fetch })
    await expect(service.usable()).rejects.toMatchObject({ code: 'catalog-failed', details: { reason } })
    expect(service.status()).toMatchObject({ state: 'failed', fault: { code: 'catalog-failed', details: { reason } } })
  })

  it('is asked for again half a minute after it failed, not before', async () => {
    const server = catalogServer({ [JSON_URL]: 503 })
    const { service, seen } = testService({ source: url(JSON_URL), fetch: server.fetch })
    await expect(service.usable()).rejects.toMatchObject({ details: { status: 503 } })
    server.files[JSON_URL] = '[{"id": 1, "title": "x"}]'
    await expect(service.usable()).rejects.toMatchObject({ details: { status: 503 } })
    expect(server.requests).toHaveLength(1)
    seen.time += 30_000
    expect((await service.usable()).count).toBe(1)
    expect(service.status()).not.toHaveProperty('fault')
  })

  it('names an encoder that fails', async () => {
    const { service } = testService({
      source: url(JSON_URL),
      fetch: catalogServer({ [JSON_URL]: JSON.stringify(makeItems(2)) }).fetch,
      loadEncoder: () => Promise.reject(new TypeError('gone')),
    })
    await expect(service.usable()).rejects.toMatchObject({ code: 'catalog-failed', details: { reason: 'internal' as SottoErrorCode } })
  })
})

describe('a catalog from a pack', () => {
  it('starts with the head, then streams in the rest in its own order, each file once, whatever is asked for', async () => {
    const server = catalogServer(packed())
    const neverIdle = new Promise<void>(() => {})
    const { service, seen } = testService({ source: url(PACK_URL), fetch: server.fetch, idle: () => neverIdle })
    const head = await service.usable()
    expect(server.urls()).toEqual([PACK_URL])
    expect(head.count).toBeLessThan(300)
    expect(head.total).toBe(300)
    const wanted = 'item-299'
    expect(head.indexOf(wanted)).toBe(-1)
    // Which file is asked for would tell the server what the visitor looked at.
    expect(await service.with([wanted, 'item-0'])).toBe(head)
    expect(server.urls()).toEqual([PACK_URL])
    const [all] = await Promise.all([service.settled(), service.settled()])
    expect(server.urls().slice(1)).toEqual(pack.parts.map(({ name }) => `https://shop.test/c/${name}`))
    const [item] = await all.items([all.indexOf(wanted)])
    expect(item).toEqual(makeItems(300)[299])
    expect(service.status()).not.toHaveProperty('fault')
    expect(all.ids.slice(0, head.count)).toEqual(head.ids)
    expect([...all.ids].sort()).toEqual(
      makeItems(300)
        .map(({ id }) => id)
        .sort(),
    )
    expect(server.requests).toHaveLength(1 + pack.parts.length)
    expect(seen.encoderLoads).toBe(0)
    expect(server.requests.every(({ init }) => init?.credentials === 'omit' && init.referrerPolicy === 'no-referrer')).toBe(true)
  })

  it('works on with the head when a tail is missing, says so, and asks again later', async () => {
    const files = packed()
    const lost = `https://shop.test/c/${pack.parts[0]!.name}`
    const { [lost]: bytes, ...others } = files
    const server = catalogServer(others)
    const { service, seen } = testService({ source: url(PACK_URL), fetch: server.fetch })
    const all = await service.settled()
    expect(all.count).toBeLessThan(300)
    expect(service.status()).toMatchObject({
      state: 'ready',
      loaded: all.count,
      total: 300,
      fault: { details: { reason: 'http', status: 404 } },
    })
    server.files[lost] = bytes!
    const asked = server.requests.length
    expect((await service.settled()).count).toBe(all.count)
    expect(server.requests).toHaveLength(asked)
    seen.time += 30_000
    expect((await service.settled()).count).toBe(300)
    expect(service.status()).not.toHaveProperty('fault')
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array<ArrayBuffer>]>([
    ['cut short', (bytes) => bytes.slice(0, -1)],
    ['of another pack', () => buildPack(makeItems(40, 9), { encoder: fakeEncoder() }).core],
  ])('works on with the head when a tail is %s', async (_, change) => {
    const name = `https://shop.test/c/${pack.parts[1]!.name}`
    const server = catalogServer({ ...packed(), [name]: change(pack.parts[1]!.bytes) })
    const { service } = testService({ source: url(PACK_URL), fetch: server.fetch })
    expect((await service.settled()).count).toBe(300 - readPackCore(pack.core).tails[1]!.items)
    expect(service.status()).toMatchObject({ state: 'ready', fault: { code: 'pack-invalid' } })
  })
})

describe('a catalog from the page', () => {
  it('is there after its last slice', async () => {
    const { service } = testService({ source: { kind: 'page' } })
    const items = makeItems(30)
    let isThere = false
    const usable = service.usable().then((catalog) => {
      isThere = true
      return catalog
    })
    await service.addItems(items.slice(0, 20), false)
    expect(isThere).toBe(false)
    await service.addItems(items.slice(20), true)
    expect(await (await usable).items([29])).toEqual([items[29]])
    expect(service.status()).toMatchObject({ state: 'ready', from: 'page', loaded: 30 })
  })

  it('is replaced by the next one', async () => {
    const { service } = testService({ source: { kind: 'page' } })
    await service.addItems(makeItems(3), true)
    expect((await service.usable()).count).toBe(3)
    await service.addItems([{ id: 'new', title: 'x' }], true)
    expect((await service.usable()).ids).toEqual(['new'])
  })

  it('may be empty, which is a failure with a reason', async () => {
    const { service } = testService({ source: { kind: 'page' } })
    await service.addItems([], true)
    await expect(service.usable()).rejects.toMatchObject({ code: 'catalog-failed', details: { reason: 'empty' } })
  })

  it('does not come where another source was named', async () => {
    const { service } = testService({ source: url(JSON_URL) })
    await expect(service.addItems([], true)).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

describe('no catalog', () => {
  it('is a state of its own', async () => {
    const { service } = testService({ source: { kind: 'none' } })
    expect(service.status().state).toBe('none')
    await expect(service.usable()).rejects.toMatchObject({ code: 'catalog-failed', details: { reason: 'none' } })
  })

  it('comes after close: calls under way and later ones are refused', async () => {
    const { service } = testService({ source: { kind: 'page' } })
    const waiting = service.usable()
    await service.close()
    await expect(waiting).rejects.toMatchObject({ code: 'closed' })
    await expect(service.usable()).rejects.toMatchObject({ code: 'closed' })
  })
})
