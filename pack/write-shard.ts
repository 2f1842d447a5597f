import type { Item, Thumbnail } from '../src/shared/items'
import { createCategoryTable } from '../worker/catalog/category-table'
import { itemLine } from '../worker/catalog/item-line'
import { type TensorData, writeSafetensors } from './write-safetensors'

/** An item with what a pack keeps beside its fields. */
export type PackedItem = {
  readonly item: Item
  /** [dim] */
  readonly vector: Int8Array
  /** [dim], of every item of a pack or of none; see `VectorMatrix`. */
  readonly residual: Int8Array | undefined
  readonly scale: number
  readonly thumbnail: Thumbnail | undefined
}

/**
 * Writes items as one file of a pack, in the order given.
 * @param metadata what the file says of the pack; the type of its pictures is added.
 * @throws RangeError where the pictures are of several types.
 */
export function writeShard(items: readonly PackedItem[], dim: number, metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const count = items.length
  const table = createCategoryTable()
  const categoryOf = Uint16Array.from(items, ({ item }) => table.indexOf(item.categories))
  const vectors = new Int8Array(count * dim)
  const residuals = items.some(({ residual }) => residual) ? new Int8Array(count * dim) : undefined
  for (const [index, { vector, residual }] of items.entries()) {
    vectors.set(vector, index * dim)
    if (residual) residuals?.set(residual, index * dim)
  }
  const types = [...new Set(items.flatMap(({ thumbnail }) => thumbnail?.type ?? []))]
  if (types.length > 1) throw new RangeError(`thumbnails are of several types (${types.join(', ')}), expected one`)
  const utf8 = new TextEncoder()
  const text = (name: string, content: string): TensorData => {
    const data = utf8.encode(content)
    return { name, shape: [data.length], data }
  }
  const tensors: TensorData[] = [
    { name: 'vectors', shape: [count, dim], data: vectors },
    ...(residuals ? [{ name: 'residuals', shape: [count, dim], data: residuals }] : []),
    { name: 'scales', shape: [count], data: Float32Array.from(items, ({ scale }) => scale) },
    { name: 'category_of', shape: [count], data: categoryOf },
    { name: 'unavailable', shape: [count], data: Uint8Array.from(items, ({ item }) => Number(item.available === false)) },
    text('ids', items.map(({ item }) => item.id).join('\n')),
    text('paths', JSON.stringify(table.paths)),
    ...runs(
      'items',
      items.map(({ item }) => utf8.encode(`${itemLine(item)}\n`)),
    ),
  ]
  const [type] = types
  if (type === undefined) return writeSafetensors(tensors, metadata)
  const pictures = items.map(({ thumbnail }) => thumbnail?.bytes ?? new Uint8Array(0))
  return writeSafetensors([...tensors, ...runs('thumbnails', pictures)], { ...metadata, thumbnail_type: type })
}

/** Runs of bytes, end to end, and where each begins and ends. */
function runs(name: string, parts: readonly Uint8Array[]): TensorData[] {
  const offsets = new Uint32Array(parts.length + 1)
  for (const [index, part] of parts.entries()) offsets[index + 1] = offsets[index]! + part.length
  const data = new Uint8Array(offsets[parts.length]!)
  for (const [index, part] of parts.entries()) data.set(part, offsets[index]!)
  return [
    { name, shape: [data.length], data },
    { name: `${name}_offsets`, shape: [offsets.length], data: offsets },
  ]
}
