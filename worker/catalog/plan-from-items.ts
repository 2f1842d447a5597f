import { VECTOR_DIMS } from '../../src/shared/limits'
import type { Encoder } from '../text/encoder'
import { catalogFailed } from './catalog-failed'
import type { CatalogPlan } from './catalog-plan'
import { encodeItems, type KnownVectors } from './encode-items'
import type { ItemIntake } from './item-intake'
import { shardFromItems } from './shard-from-items'
import type { Slices } from './slices'

/** Encoded in about 50 ms with a warm cache: the first shelf need not wait for the whole catalog. */
const ITEMS_PER_SHARD = 1_024

export type PlanFromItemsOptions = {
  readonly contentHash: number
  /** Vectors made before. */
  readonly known: KnownVectors | undefined
  readonly loadEncoder: () => Promise<Encoder>
  readonly slices: Slices
}

/**
 * Makes shards of items as they are asked for, in the items' own order.
 * @throws SottoError `catalog-failed`, reason `empty`, where there is no item; `encoder-failed`.
 */
export async function planFromItems({ items, problems }: ItemIntake, options: PlanFromItemsOptions): Promise<CatalogPlan> {
  if (items.length === 0) throw catalogFailed('empty', 'it holds no usable item; see problems in status()')
  let tailById: ReadonlyMap<string, number> | undefined

  async function load(shard: number) {
    const own = items.slice(shard * ITEMS_PER_SHARD, (shard + 1) * ITEMS_PER_SHARD)
    return shardFromItems(own, VECTOR_DIMS, await encodeItems(own, options.known, options.loadEncoder, options.slices))
  }
  return {
    contentHash: options.contentHash,
    head: await load(0),
    total: items.length,
    tailCount: Math.ceil(items.length / ITEMS_PER_SHARD) - 1,
    tailFiles: [],
    problems,
    tailOf(id) {
      tailById ??= new Map(items.map((item, index) => [item.id, Math.floor(index / ITEMS_PER_SHARD) - 1]))
      return tailById.get(id) ?? -1
    },
    loadTail: (tail) => load(tail + 1),
  }
}
