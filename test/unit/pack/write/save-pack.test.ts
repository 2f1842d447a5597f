import { describe, expect, it } from 'vitest'
import { buildPack } from '../../../../pack/build-pack'
import { partFiles } from '../../../../pack/make/part-files'
import type { Disk } from '../../../../pack/write/disk'
import { withMetadata } from '../../../../pack/write/pack-header'
import { previousPath, rollBack, savePack } from '../../../../pack/write/save-pack'
import { writeShard } from '../../../../pack/write-shard'
import { readPackCore } from '../../../../worker/catalog/read-pack'
import { fakeEncoder, makeItems } from '../../../support/catalog-make'

type Bytes = Uint8Array<ArrayBuffer>

const OUT = '/site/catalog.pack'
const encoder = fakeEncoder()

/** A disk in memory. @param failAt the change, counted from 1, at which the power goes. */
function memoryDisk(failAt = Number.POSITIVE_INFINITY) {
  const files = new Map<string, Bytes>()
  const state = { failAt, changes: 0 }
  const change = (act: () => void) => {
    if (++state.changes >= state.failAt) throw new Error('the power is gone')
    act()
  }
  const disk: Disk = {
    read: async (path) => files.get(path),
    write: async (path, bytes) => {
      // What was being written is cut short.
      if (state.changes + 1 >= state.failAt) files.set(path, bytes.slice(0, bytes.length / 2))
      change(() => files.set(path, bytes.slice()))
    },
    rename: async (from, to) => {
      change(() => {
        files.set(to, files.get(from)!)
        files.delete(from)
      })
    },
    remove: async (path) => change(() => files.delete(path)),
    list: async (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1)),
  }
  return { disk, files, state }
}

/** A pack with tails and a part. */
function packOf(itemCount: number) {
  const pack = buildPack(makeItems(itemCount), { encoder, headBytes: 8_000, tailBytes: 4_000 })
  const data = new Uint16Array(itemCount)
  const parts = partFiles('catalog', [{ model: 'popularity', settings: {}, tensors: { counts: { shape: [itemCount], data } } }])
  const core = withMetadata(pack.core, { parts: JSON.stringify(parts.map(({ announced }) => announced)) })
  return { core, files: [...pack.parts, ...parts] }
}

/** What a visitor finds who comes now: items of a pack all of whose files are there; a fault is thrown. */
function served(files: ReadonlyMap<string, Bytes>): number {
  const core = readPackCore(files.get(OUT)!)
  for (const { file, bytes } of [...core.tails, ...core.parts]) expect(files.get(`/site/${file}`), file).toHaveLength(bytes)
  return core.total
}

const FIRST = packOf(100)
const SECOND = packOf(140)
const THIRD = packOf(180)

describe('savePack', () => {
  it('keeps the pack before and removes what neither of the two needs', async () => {
    const { disk, files } = memoryDisk()
    files.set('/site/catalog-fr-00000000000000.pack', new Uint8Array(1))
    files.set('/site/other.txt', new Uint8Array(1))
    for (const { core, files: beside } of [FIRST, SECOND, THIRD]) await savePack(OUT, core, beside, disk)
    expect(served(files)).toBe(180)
    expect(readPackCore(files.get(previousPath(OUT))!).total).toBe(140)
    const names = [...SECOND.files, ...THIRD.files].map(({ name }) => `/site/${name}`)
    const expected = [OUT, previousPath(OUT), '/site/catalog-fr-00000000000000.pack', '/site/other.txt', ...names]
    expect([...files.keys()].sort()).toEqual([...new Set(expected)].sort())
  })

  it('whenever it is broken off, the whole old pack or the whole new one is served', async () => {
    const start = async () => {
      const made = memoryDisk()
      for (const { core, files } of [FIRST, SECOND]) await savePack(OUT, core, files, made.disk)
      return made
    }
    const whole = await start()
    const before = whole.state.changes
    await savePack(OUT, THIRD.core, THIRD.files, whole.disk)
    const steps = whole.state.changes - before
    expect(steps).toBeGreaterThan(THIRD.files.length * 2)
    const seen = new Set<number>()
    for (let step = 1; step <= steps; step++) {
      const { disk, files, state } = await start()
      state.failAt = state.changes + step
      await expect(savePack(OUT, THIRD.core, THIRD.files, disk)).rejects.toThrow('the power is gone')
      seen.add(served(files))
      // The next one goes through, and clears up.
      state.failAt = Number.POSITIVE_INFINITY
      await savePack(OUT, FIRST.core, FIRST.files, disk)
      expect(served(files)).toBe(100)
      expect([...files.keys()].filter((name) => name.endsWith('.new'))).toEqual([])
    }
    expect([...seen].sort()).toEqual([140, 180])
  })

  it('does not take a damaged pack, or the same one again, for the pack before', async () => {
    const { disk, files } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    expect(readPackCore(files.get(previousPath(OUT))!).total).toBe(100)
    files.set(OUT, SECOND.core.slice(0, 100))
    await savePack(OUT, THIRD.core, THIRD.files, disk)
    expect(readPackCore(files.get(previousPath(OUT))!).total).toBe(100)
  })

  it('removes nothing where a pack before cannot be read', async () => {
    const { disk, files } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    files.set(previousPath(OUT), writeShard([], 4, { format: '2.0' }))
    files.set(OUT, SECOND.core.slice(0, 100))
    await savePack(OUT, THIRD.core, THIRD.files, disk)
    for (const { name } of FIRST.files) expect(files.has(`/site/${name}`)).toBe(true)
  })
})

describe('rollBack', () => {
  it('goes back, and forward again', async () => {
    const { disk, files } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    expect(await rollBack(OUT, disk)).toBe(100)
    expect(served(files)).toBe(100)
    expect(await rollBack(OUT, disk)).toBe(140)
    expect(served(files)).toBe(140)
  })

  it('works where the present pack is damaged or gone', async () => {
    const { disk, files } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    files.delete(OUT)
    expect(await rollBack(OUT, disk)).toBe(100)
    expect(served(files)).toBe(100)
  })

  it('without a pack before: refused', async () => {
    const { disk } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await expect(rollBack(OUT, disk)).rejects.toThrow(/there is no pack before \/site\/catalog\.pack/)
  })

  it.each(['gone', 'cut short'])('where a file of the pack before is %s: refused, nothing changed', async (fault) => {
    const { disk, files } = memoryDisk()
    await savePack(OUT, FIRST.core, FIRST.files, disk)
    await savePack(OUT, SECOND.core, SECOND.files, disk)
    const lost = FIRST.files.map(({ name }) => `/site/${name}`).find((path) => !SECOND.files.some(({ name }) => path.endsWith(name)))!
    if (fault === 'gone') files.delete(lost)
    else files.set(lost, files.get(lost)!.slice(1))
    await expect(rollBack(OUT, disk)).rejects.toThrow(/is not whole: catalog-[0-9a-f]{14}\.pack (is missing|has \d+ bytes)/)
    expect(served(files)).toBe(140)
  })
})
