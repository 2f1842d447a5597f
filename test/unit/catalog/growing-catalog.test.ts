import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { buildPack } from '../../../pack/build-pack'
import { createGrowingCatalog } from '../../../worker/catalog/growing-catalog'
import { savedIds } from '../../../worker/catalog/id-list'
import { endsOf, orderIds } from '../../../worker/catalog/id-order'
import { readPackCore } from '../../../worker/catalog/read-pack'
import { shardFromItems } from '../../../worker/catalog/shard-from-items'
import { fakeEncoder, makeItems } from '../../support/catalog-make'

const items = makeItems(100)
function shard(from: number, to: number, dim = 2) {
  const own = items.slice(from, to).map((item, index) => ({ ...item, available: (from + index) % 3 !== 0 }))
  const vectors = Int8Array.from({ length: own.length * dim }, (_, at) => from + at)
  return shardFromItems(own, dim, { vectors, scales: Float32Array.from(own, (_, index) => from + index) })
}

describe('createGrowingCatalog', () => {
  it('is the same grown in uneven steps as made at once', async () => {
    const growing = createGrowingCatalog(shard(0, 1), 100)
    for (const [from, to] of [
      [1, 31],
      [31, 32],
      [32, 33],
      [33, 33],
      [33, 100],
    ] as const) {
      growing.append(shard(from, to))
    }
    const grown = growing.current
    const whole = createGrowingCatalog(shard(0, 100), 100).current
    expect([...grown.unavailable]).toEqual([...whole.unavailable])
    expect(grown.unavailable[1]! & 0b10).toBe(0b10) // item 33
    expect(grown.ids).toEqual(whole.ids)
    expect([...grown.scales]).toEqual([...whole.scales])
    const path = (catalog: typeof grown) => [...catalog.categoryOf].map((number) => catalog.paths[number])
    expect(path(grown)).toEqual(path(whole))
    expect(await grown.items([99, 0, 32])).toEqual(await whole.items([99, 0, 32]))
    expect(grown.indexOf('item-32')).toBe(32)
    expect(await grown.items([])).toEqual([])
  })

  it('has residuals where its head has: rows without keep zeros, and those of a head without are left out', () => {
    const fine = (from: number, to: number) => {
      const one = shard(from, to)
      return { ...one, residuals: Int8Array.from({ length: one.count * 2 }, (_, at) => 1 + ((2 * from + at) % 100)) }
    }
    const whole = fine(0, 40)
    expect(createGrowingCatalog(whole, 40).current.residuals).toEqual(whole.residuals)

    const growing = createGrowingCatalog(fine(0, 10), 40)
    const before = growing.current
    growing.append(shard(10, 20))
    growing.append(fine(20, 40))
    expect(before.residuals).toEqual(whole.residuals.subarray(0, 20))
    expect(growing.current.residuals).toEqual(whole.residuals.map((value, at) => (at >= 20 && at < 40 ? 0 : value)))
    expect(growing.shards.every((content) => !('residuals' in content))).toBe(true)

    const coarse = createGrowingCatalog(shard(0, 10), 40)
    coarse.append(fine(10, 40))
    expect(coarse.current).not.toHaveProperty('residuals')
  })

  it('leaves catalogs of before as they were', () => {
    const growing = createGrowingCatalog(shard(0, 40), 100)
    const before = growing.current
    const bits = [...before.unavailable]
    growing.append(shard(40, 100))
    expect([...before.unavailable]).toEqual(bits)
    expect([before.count, before.ids.length, before.vectors.length, before.categoryOf.length]).toEqual([40, 40, 80, 40])
    expect(before.indexOf('item-40')).toBe(-1)
    expect(growing.current.indexOf('item-40')).toBe(40)
  })

  it.each([
    ['other dims', shard(40, 50, 3), /3 dims, expected 2/],
    ['an id that is there', shard(39, 49), /an id of another file/],
    ['more than announced', shard(40, 60), /more than the announced 50/],
  ])('refuses %s and changes nothing', (_, wrong, message) => {
    const growing = createGrowingCatalog(shard(0, 40), 50)
    const before = growing.current
    expect(() => growing.append(wrong)).toThrow(expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }))
    expect(growing.current).toBe(before)
  })

  it('refuses an index it does not have', async () => {
    const { current } = createGrowingCatalog(shard(0, 3), 3)
    for (const index of [-1, 3, Number.NaN]) await expect(current.items([index])).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})

describe('what a catalog was made of', () => {
  setFlagsFromString('--expose_gc')
  const collect: () => void = runInNewContext('gc')
  /** Whether nothing holds it any more; what a task still has on its stack takes some tasks to go. */
  async function isGone(ref: WeakRef<object>): Promise<boolean> {
    for (let attempt = 0; attempt < 10 && ref.deref(); attempt++) {
      await new Promise((resolve) => setImmediate(resolve))
      collect()
    }
    return ref.deref() === undefined
  }

  it('leaves memory: the vectors of a head that is found by its order', async () => {
    const make = () => {
      const head = shard(0, 100)
      const all = head.ids.toArray()
      const ids = savedIds(all.join('\n'), endsOf(all), orderIds(all))
      return [createGrowingCatalog({ ...head, ids }, 100), new WeakRef(head.vectors)] as const
    }
    const [growing, vectors] = make()
    expect(await isGone(vectors)).toBe(true)
    expect(growing.current.indexOf('item-7')).toBe(7)
  })

  it.each([100, 150])('leaves memory: the file of a pack, in a catalog of %s', async (total) => {
    const thumbnails = new Map([['item-7', { type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }]])
    const make = () => {
      const file = buildPack(items, { encoder: fakeEncoder(), fine: true, thumbnails }).core
      return [createGrowingCatalog(readPackCore(file).head, total), new WeakRef(file.buffer)] as const
    }
    const [growing, file] = make()
    expect(await isGone(file)).toBe(true)
    expect(await growing.current.items([7])).toEqual([items[7]])
    expect(await growing.current.thumbnails([7])).toEqual([thumbnails.get('item-7')])
    expect(growing.current.residuals?.some((value) => value !== 0)).toBe(true)
  })
})
