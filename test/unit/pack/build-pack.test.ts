import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BuildPackOptions, buildPack } from '../../../pack/build-pack'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import { writeShard } from '../../../pack/write-shard'
import { SottoError } from '../../../src/shared/errors'
import type { Item } from '../../../src/shared/items'
import { createGrowingCatalog } from '../../../worker/catalog/growing-catalog'
import { itemVector } from '../../../worker/catalog/item-vector'
import { readPackCore, readPackTail } from '../../../worker/catalog/read-pack'
import { unitRow } from '../../../worker/compute/row-vectors'
import type { Encoder } from '../../../worker/text/encoder'
import { parseSafetensors } from '../../../worker/text/safetensors'
import { toUnit } from '../../../worker/text/to-unit'
import { fakeEncoder, makeItems } from '../../support/catalog-make'

const encoder = fakeEncoder()

/** Everything that a pack holds, read as the worker reads it. */
async function readAll(entries: readonly unknown[], options: BuildPackOptions) {
  const pack = buildPack(entries, options)
  const { head, total, tails } = readPackCore(pack.core)
  const growing = createGrowingCatalog(head, total)
  for (const [at, tail] of tails.entries()) growing.append(readPackTail(pack.parts[at]!.bytes, tail, head.dim))
  const catalog = growing.current
  const indices = Array.from({ length: catalog.count }, (_, index) => index)
  return { pack, head, catalog, items: await catalog.items(indices), thumbnails: await catalog.thumbnails(indices) }
}

describe('buildPack', () => {
  it('round-trips items, in order, in one file where they fit', async () => {
    const items: Item[] = [
      { id: 'ä-1', title: 'Büro <b>Stuhl</b>\n😀', categories: ['Möbel', 'Stühle'], price: 10, currency: 'EUR', tags: ['neu'] },
      { id: '2', title: 'Desk', categories: [], available: false },
      { id: '3', title: '!!', categories: ['Möbel'], attributes: { width: 3, soft: true } },
    ]
    const { pack, catalog, items: read } = await readAll(items, { encoder })
    expect(read).toEqual(items)
    expect(pack.parts).toEqual([])
    expect(catalog.total).toBe(3)
    expect([...catalog.unavailable]).toEqual([0b010])
    expect(catalog.indexOf('3')).toBe(2)
    expect(catalog.indexOf('4')).toBe(-1)
    expect(catalog.paths[catalog.categoryOf[0]!]).toEqual(['Möbel', 'Stühle'])
    // A title of signs has no direction, its category has one.
    expect(catalog.scales[2]).toBeGreaterThan(0)
  })

  it('cuts what does not fit into tails, in the order given', async () => {
    const items = makeItems(3_000)
    const { pack, head, catalog, items: read } = await readAll(items, { encoder, headBytes: 50_000, tailBytes: 20_000 })
    expect(pack.core.length).toBeLessThanOrEqual(50_000)
    expect(pack.core.length).toBeGreaterThan(45_000)
    expect(head.ids.toArray()).toEqual(items.slice(0, head.count).map(({ id }) => id))
    expect(pack.parts.length).toBeGreaterThan(20)
    expect(read).toEqual(items)
    expect(new Set(pack.parts.map(({ name }) => name)).size).toBe(pack.parts.length)
    expect(catalog.count).toBe(3_000)
  })

  it('never has a core above 200,000 bytes unless told so', () => {
    const { core, parts } = buildPack(makeItems(10_000), { encoder })
    expect(core.length).toBeLessThanOrEqual(200_000)
    expect(parts.every(({ bytes }) => bytes.length < 110_000)).toBe(true)
  })

  it('gives the same bytes for the same items, and other names for other content', () => {
    const options = { encoder, headBytes: 20_000, tailBytes: 20_000 }
    const items = makeItems(500)
    expect(buildPack(items, options)).toEqual(buildPack(items, options))
    const changed = items.map((item, index) => (index === 499 ? { ...item, title: 'changed' } : item))
    const names = buildPack(changed, options).parts.map(({ name }) => name)
    const before = buildPack(items, options).parts.map(({ name }) => name)
    expect(names.filter((name) => !before.includes(name)).length).toBeGreaterThan(0)
    expect(names.filter((name) => before.includes(name)).length).toBeGreaterThan(0)
  })

  it('takes vectors of the site, whatever their dims, by the place of the entry', async () => {
    const values = new Float32Array([1, 0, 0, 9, 9, 9, 0, 3, 4])
    const { catalog } = await readAll([{ id: 1, title: 'a' }, 'nonsense', { id: 2, title: 'b' }], { vectors: { values, dim: 3 } })
    expect(catalog.dim).toBe(3)
    expect(Array.from(catalog.vectors, (level, at) => level * catalog.scales[Math.floor(at / 3)]!)).toEqual([
      expect.closeTo(1),
      0,
      0,
      0,
      expect.closeTo(0.6, 2),
      expect.closeTo(0.8, 2),
    ])
  })

  it('keeps 16 bits where asked to, in head and tails, and fewer items in the head', async () => {
    const items = makeItems(600)
    const options = { encoder, headBytes: 40_000, tailBytes: 20_000 }
    const coarse = await readAll(items, options)
    const { pack, head, catalog, items: read } = await readAll(items, { ...options, fine: true })
    expect(read).toEqual(items)
    expect(coarse.catalog).not.toHaveProperty('residuals')
    expect(pack.core.length).toBeLessThanOrEqual(40_000)
    expect(pack.core.length).toBeGreaterThan(35_000)
    expect(head.count).toBeLessThan(coarse.head.count)
    expect(catalog.residuals).toHaveLength(600 * 128)
    const worst = (one: typeof catalog) => {
      const off = items.map((item, index) => {
        const exact = toUnit(itemVector(encoder, item))
        return Math.hypot(...unitRow(one, index).map((value, at) => value - exact[at]!))
      })
      return Math.max(...off)
    }
    expect(worst(catalog)).toBeLessThan(worst(coarse.catalog) / 100)
  })

  it('never has a finer core above 200,000 bytes either', () => {
    expect(buildPack(makeItems(3_000), { encoder, fine: true }).core.length).toBeLessThanOrEqual(200_000)
  })

  it('of vectors of the site keeps 16 bits too', async () => {
    const values = new Float32Array([1, 0.123456, -0.98765, 0, 3, 4])
    const entries = [
      { id: 1, title: 'a' },
      { id: 2, title: 'b' },
    ]
    const { catalog } = await readAll(entries, { vectors: { values, dim: 3 }, fine: true })
    for (const index of [0, 1]) {
      const exact = toUnit(values.slice(index * 3, index * 3 + 3))
      expect(Array.from(unitRow(catalog, index))).toEqual(Array.from(exact, (value) => expect.closeTo(value, 4)))
    }
  })

  it('carries thumbnails, where there are any', async () => {
    const picture = { type: 'image/webp', bytes: new Uint8Array([1, 2, 3]) }
    const { thumbnails } = await readAll(makeItems(3), { encoder, thumbnails: new Map([['item-1', picture]]) })
    expect(thumbnails).toEqual([undefined, picture, undefined])
  })

  it('reports what it left out', () => {
    expect(buildPack([{ id: 1, title: 'a' }, { id: 1, title: 'b' }, 5], { encoder })).toMatchObject({
      count: 1,
      problems: { 'duplicate-id': 1, 'not-an-object': 1 },
    })
  })

  it.each<[string, readonly unknown[], BuildPackOptions, object]>([
    ['no items', [], { encoder }, { code: 'catalog-failed', details: { reason: 'empty' } }],
    ['neither encoder nor vectors', [{ id: 1, title: 'a' }], {}, { code: 'invalid-argument' }],
    [
      'too few vectors',
      [{ id: 1, title: 'a' }],
      { vectors: { values: new Float32Array(2), dim: 3 } },
      { message: /2 values, expected 1 x 3/ },
    ],
    ['NaN', [{ id: 1, title: 'a' }], { vectors: { values: new Float32Array([Number.NaN]), dim: 1 } }, { message: /not finite/ }],
    ['a path as name', [{ id: 1, title: 'a' }], { encoder, name: '../x' }, { code: 'invalid-argument' }],
  ])('%s: refused', (_, entries, options, { message, ...rest }: { message?: RegExp }) => {
    expect(() => buildPack(entries, options)).toThrow(
      expect.objectContaining({ ...rest, ...(message && { message: expect.stringMatching(message) }) }),
    )
  })
})

describe('a damaged pack', () => {
  const { core, parts } = buildPack(makeItems(60), { encoder, headBytes: 10_000, tailBytes: 3_000 })
  const { tails } = readPackCore(core)

  it('cut short anywhere: refused', () => {
    for (let length = 0; length < core.length; length += 97) {
      expect(() => readPackCore(core.slice(0, length))).toThrow(expect.objectContaining({ code: 'pack-invalid' }))
    }
  })

  it('with any bytes changed: read, or refused as pack-invalid, down to its items', async () => {
    const change = fc.tuple(fc.oneof(fc.nat(core.length - 1), fc.nat(1_200)), fc.nat(255))
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = core.slice()
        for (const [at, value] of changes) bytes[at] = value
        try {
          const { head, total } = readPackCore(bytes)
          const { current } = createGrowingCatalog(head, total)
          await current.items(Array.from({ length: head.count }, (_, index) => index))
        } catch (error) {
          refused++
          if (!(error instanceof SottoError && error.code === 'pack-invalid')) throw error
        }
      }),
      { seed: 11, numRuns: 1_500 },
    )
    expect(refused).toBeGreaterThan(300)
  })

  const rewritten = (name: string, change: (bytes: Uint8Array) => void) => {
    const bytes = core.slice()
    const tensors = parseSafetensors(bytes)
    const [count = 0] = tensors.shape(name)
    const views: Record<string, () => ArrayBufferView> = {
      scales: () => tensors.f32(name, [count]),
      category_of: () => tensors.u16(name, [count]),
    }
    const view = views[name]?.() ?? tensors.u8(name, [count])
    change(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    return bytes
  }
  const float = (value: number) => (bytes: Uint8Array) => bytes.set(new Uint8Array(new Float32Array([value]).buffer), 4)
  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['NaN scale', rewritten('scales', float(Number.NaN)), /"scales" holds a value that is negative or not finite/],
    ['infinite scale', rewritten('scales', float(Number.POSITIVE_INFINITY)), /"scales"/],
    ['negative scale', rewritten('scales', float(-1)), /"scales"/],
    ['category past the table', rewritten('category_of', (bytes) => bytes.fill(255)), /"category_of" names a path past/],
    ['paths not JSON', rewritten('paths', (bytes) => bytes.fill(0x20)), /"paths" is not JSON/],
    ['fewer ids', rewritten('ids', (bytes) => bytes.fill(0x61)), /"ids" holds 1 lines/],
    ['an id twice', rewritten('ids', (bytes) => bytes.set(bytes.subarray(0, 6), 7)), /"ids" holds an id twice/],
    ['another major version', writeShard([], 128, { format: '2.0' }), /format is 2.0, expected 1.x/],
    ['no version', writeShard([], 128, {}), /format is undefined/],
    ['total that is not so', writeShard([], 128, { format: '1.0', total: '5' }), /total is 5, its files hold 0/],
    ['tails not JSON', writeShard([], 128, { format: '1.0', tails: '[' }), /tails is not JSON/],
    ['a tail elsewhere', writeShard([], 128, { format: '1.0', tails: '[{"file":"../x","items":1,"bytes":1}]' }), /plain file names/],
    ['a tail on another host', writeShard([], 128, { format: '1.0', tails: '[{"file":"//x.test/y","items":1,"bytes":1}]' }), /plain file/],
    ['parts not JSON', writeShard([], 128, { format: '1.0', parts: '[' }), /parts is not JSON/],
    [
      'a part elsewhere',
      writeShard([], 128, { format: '1.0', parts: '[{"model":"ease","file":"../x","bytes":1}]' }),
      /parts .* plain file names/,
    ],
    [
      'a part without model',
      writeShard([], 128, { format: '1.0', parts: '[{"file":"x","bytes":1}]' }),
      /parts is not a list of \{file, model, bytes\}/,
    ],
    ['too many items', writeShard([], 128, { format: '1.0', tails: '[{"file":"x","items":100001,"bytes":1}]' }), /at most 100000/],
  ])('%s: refused, named', (_, bytes, message) => {
    expect(() => readPackCore(bytes)).toThrow(expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }))
  })

  it('with residuals of another shape or type: refused, named', () => {
    const fine = buildPack(makeItems(60), { encoder, fine: true }).core
    const text = new TextDecoder('latin1').decode(fine)
    const at = text.indexOf('"residuals":{"dtype":"I8","shape":[60,128]')
    expect(at).toBeGreaterThan(0)
    for (const wrong of ['"residuals":{"dtype":"I8","shape":[128,60]', '"residuals":{"dtype":"U8","shape":[60,128]']) {
      const bytes = fine.slice()
      bytes.set(new TextEncoder().encode(wrong), at)
      expect(() => readPackCore(bytes)).toThrow(
        expect.objectContaining({
          code: 'pack-invalid',
          message: expect.stringMatching(/"residuals" is \w\w \[[\d,]+\], expected I8 \[60,128\]/),
        }),
      )
    }
  })

  it('accepts later minor versions and tensors it does not know', () => {
    expect(readPackCore(writeShard([], 128, { format: '1.7' })).total).toBe(0)
  })

  it('tells what was learned, whatever the model is called', () => {
    const parts = [
      { model: 'ease', file: 'catalog-ease-0a.pack', bytes: 5 },
      { model: 'of-a-later-version', file: 'x', bytes: 0 },
    ]
    expect(readPackCore(writeShard([], 128, { format: '1.0', parts: JSON.stringify(parts) })).parts).toEqual(parts)
    expect(readPackCore(core).parts).toEqual([])
  })

  it('with a tail of other size, count or dims: refused', () => {
    const expected = tails[0]!
    const { bytes } = parts[0]!
    expect(() => readPackTail(bytes.slice(1), expected, 128)).toThrow(expect.objectContaining({ code: 'pack-invalid' }))
    expect(() => readPackTail(bytes, { ...expected, items: expected.items + 1 }, 128)).toThrow(/holds \[\d+,128\] vectors/)
    expect(() => readPackTail(bytes, expected, 64)).toThrow(/expected \[\d+,64\]/)
  })
})

describe('with the real encoder', () => {
  let real: Encoder
  beforeAll(async () => {
    real = await encoderFromDisk()
  })
  it('puts like beside like', async () => {
    const { catalog } = await readAll(
      [
        { id: 'a', title: 'Oak writing desk', categories: 'Furniture > Desks' },
        { id: 'b', title: 'Ballpoint pens, blue, box of 12', categories: 'Office > Pens' },
        { id: 'c', title: 'Walnut computer table', categories: 'Furniture > Desks' },
      ],
      { encoder: real },
    )
    const similarity = (one: number, other: number) => {
      let sum = 0
      for (let at = 0; at < 128; at++) sum += catalog.vectors[one * 128 + at]! * catalog.vectors[other * 128 + at]!
      return sum * catalog.scales[one]! * catalog.scales[other]!
    }
    expect(similarity(0, 2)).toBeGreaterThan(similarity(0, 1) + 0.2)
  })
})
