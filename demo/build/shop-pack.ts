import type { InteractionLog } from '../../pack/learn/interaction-log'
import type { ItemText, Learner } from '../../pack/learn/learner'
import { makePack } from '../../pack/make/make-pack'
import { partFiles } from '../../pack/make/part-files'
import { NO_PROGRESS } from '../../pack/make/progress'
import { itemText } from '../../pack/read/item-text'
import type { NamedBytes } from '../../pack/write/save-pack'
import type { catalogEntries } from './catalog-entries'
import { shopBlend } from './shop-blend'

const NAME = 'catalog'

/** One model as a file of the pack. */
export type ShopPart = NamedBytes & { readonly model: string }

export type ShopPack = {
  /** All files of the pack, the core last: a server must never offer a core whose files are not there yet. */
  readonly files: readonly NamedBytes[]
  /** Those of them that were learned, in the order of the pack. */
  readonly parts: readonly ShopPart[]
  /** [entries] how much more than usual each was ordered lately; 0: not, or by too few. */
  readonly trend: ArrayLike<number>
  /** [entries] the words that models read. */
  readonly texts: readonly ItemText[]
}

/**
 * Makes the shop's pack with all that its orders teach.
 *
 * @param entries in the order of `orderByPopularity`: rows of the log.
 * @throws Error where the order is another, or where a model has too little to learn from: the shop's pages count on all of them.
 */
export async function shopPack(
  entries: ReturnType<typeof catalogEntries>,
  log: InteractionLog,
  learners: readonly Learner[],
  support: number,
): Promise<ShopPack> {
  const models = { alone: [...learners, shopBlend(learners)], blended: [] }
  const { core, files, learned } = await makePack(entries, { name: NAME, log, models, support }, NO_PROGRESS)
  if (learned.without.length > 0) throw new Error(`too few orders for ${learned.without.join(', ')}`)
  const trend = learned.parts.find(({ model }) => model === 'popularity')?.tensors.trend?.data
  if (!trend) throw new Error('the orders have no times, so that nothing is known of trends')
  return {
    files: [...files, { name: `${NAME}.pack`, bytes: core }],
    parts: partFiles(NAME, learned.parts).map(({ announced, ...file }) => ({ ...file, model: announced.model })),
    trend,
    texts: entries.map(itemText),
  }
}
