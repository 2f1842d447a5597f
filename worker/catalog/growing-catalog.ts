import { SottoError } from '../../src/shared/errors'
import { setBit } from '../compute/bitset'
import { allocateMatrix } from '../compute/matrix-memory'
import { invalid } from '../text/pack-invalid'
import type { Catalog } from './catalog'
import { createCategoryTable } from './category-table'
import { type IdList, listIds } from './id-list'
import type { Shard } from './shard'

/** A catalog that more items join. */
export interface GrowingCatalog {
  /** All items so far; a new object after each `append`. */
  readonly current: Catalog
  /** What the shards so far brought beside vectors, in order of their items. */
  readonly shards: readonly ShardContent[]
  /** @throws SottoError `pack-invalid`, changing nothing, where an id is already there or the dims or the announced total don't fit. */
  append(shard: Shard): void
}

/** A shard whose vectors were taken over: kept twice, they would be most of what a catalog takes. */
export type ShardContent = Omit<Shard, 'vectors' | 'scales' | 'residuals'>

/**
 * @param head decides whether the catalog has residuals: where it has none, those of later shards are left out, and where it has some, the
 *   rows of a shard without keep zeros, which is what int8 alone says of them.
 * @param total room is made for so many items at once, so that growing copies nothing twice.
 */
export function createGrowingCatalog(head: Shard, total: number): GrowingCatalog {
  // Taken out of it, since what names the head itself below would keep its vectors too.
  const { dim, count: headCount, ids: headIds } = head
  const isWhole = headCount === total
  // Copied even where the head is the whole: here an index can scan them in place, and the head's own are free to go.
  const { vectors, scales, memory } = allocateMatrix(total, dim)
  const residuals = isWhole ? head.residuals : head.residuals && new Int8Array(total * dim)
  const categoryOf = isWhole ? head.categoryOf : new Uint16Array(total)
  const shards: ShardContent[] = []
  // Only grows, and numbers stay: catalogs of before may share it.
  const table = createCategoryTable(head.paths)
  // Built when the first id is looked up that the head does not find itself.
  const indexById = new Map<string, number>()
  const mappedFrom = headIds.find ? headCount : 0
  let unavailable = new Uint32Array(0)
  let ids = listIds([])
  let current: Catalog

  function place(shard: Shard): void {
    const start = ids.length
    vectors.set(shard.vectors, start * dim)
    scales.set(shard.scales, start)
    if (!isWhole) {
      if (shard.residuals) residuals?.set(shard.residuals, start * dim)
      const numbers = shard.paths.map((path) => table.indexOf(path))
      for (let index = 0; index < shard.count; index++) categoryOf[start + index] = numbers[shard.categoryOf[index]!]!
    }
    ids = start === 0 ? shard.ids : listIds(ids.toArray().concat(shard.ids.toArray()))
    const words = new Uint32Array((ids.length + 31) >>> 5)
    words.set(unavailable)
    // From one to the next by the browser's own search: few are set, and a loop over all takes a millisecond in a worker that has just started.
    for (let at = shard.unavailable.indexOf(1); at >= 0; at = shard.unavailable.indexOf(1, at + 1)) setBit(words, start + at)
    unavailable = words
    const { vectors: _vectors, scales: _scales, residuals: _residuals, ...content } = shard
    shards.push(content)
    current = snapshot(ids, unavailable)
  }

  function lookUp(id: string): number {
    const inHead = headIds.find?.(id) ?? -1
    if (inHead >= 0) return inHead
    for (let index = mappedFrom + indexById.size; index < ids.length; index++) indexById.set(ids.at(index), index)
    return indexById.get(id) ?? -1
  }

  /** Reads from the shards that hold the items; results in the order asked for. */
  async function read<T>(
    count: number,
    indices: readonly number[],
    pick: (shard: ShardContent, own: number[]) => Promise<readonly T[]>,
  ): Promise<T[]> {
    const wrong = indices.find((index) => !(index >= 0 && index < count))
    if (wrong !== undefined) throw new SottoError('invalid-argument', `Catalog: index ${wrong} is not one of its ${count} items`)
    const out = new Array<T>(indices.length)
    const reads: Promise<void>[] = []
    let start = 0
    for (const shard of shards) {
      const from = start
      start += shard.count
      const slots = [...indices.keys()].filter((slot) => indices[slot]! >= from && indices[slot]! < from + shard.count)
      if (slots.length === 0) continue
      const own = slots.map((slot) => indices[slot]! - from)
      reads.push(
        pick(shard, own).then((found) => {
          for (const [at, slot] of slots.entries()) out[slot] = found[at]!
        }),
      )
    }
    await Promise.all(reads)
    return out
  }

  function snapshot(ids: IdList, unavailable: Uint32Array): Catalog {
    const count = ids.length
    return {
      count,
      total,
      dim,
      vectors: vectors.subarray(0, count * dim),
      scales: scales.subarray(0, count),
      ...(residuals && { residuals: residuals.subarray(0, count * dim) }),
      ...(memory && { memory }),
      get ids() {
        return ids.toArray()
      },
      indexOf(id) {
        const index = lookUp(id)
        return index < count ? index : -1
      },
      paths: table.paths,
      categoryOf: categoryOf.subarray(0, count),
      unavailable,
      items: (indices) => read(count, indices, (shard, own) => shard.items(own)),
      thumbnails: (indices) => read(count, indices, (shard, own) => shard.thumbnails(own)),
    }
  }

  place(head)
  return {
    get current() {
      return current
    },
    shards,
    append(shard) {
      if (shard.dim !== dim) throw invalid(`has ${shard.dim} dims, expected ${dim}`, 'vectors')
      if (ids.length + shard.count > total) throw invalid(`more than the announced ${total} items`)
      if (shard.ids.toArray().some((id) => lookUp(id) >= 0)) throw invalid('holds an id of another file', 'ids')
      place(shard)
    },
  }
}
