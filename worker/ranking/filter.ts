import type { Item } from '../../src/shared/items'
import type { ItemFilter, RecommendRequest } from '../../src/shared/recommendation'
import type { Catalog } from '../catalog/catalog'
import { hasBit, setBit } from '../compute/bitset'
import type { ItemTouch } from '../history/checkpoint'
import type { RankingContext } from './context'

/** Fields read at once, so that parsing a large catalog does not hold up other requests. */
const SLICE_ITEMS = 512

/**
 * The items that must not come back, as a bitset over the catalog: not available, excluded by id, not meeting the filter, or touched in a
 * way that rules them out. Fields are read only where brand or price are asked for, and only of items not already out.
 * @param isOut says of each touched item whether it is out.
 */
export async function findBlocked(
  { catalog, checkpoint }: RankingContext,
  { exclude = [], filter }: Pick<RecommendRequest, 'exclude' | 'filter'>,
  isOut: (touch: ItemTouch) => boolean,
): Promise<Uint32Array> {
  const blocked = catalog.unavailable.slice()
  const ids = [...exclude, ...checkpoint.touches.filter(isOut).map(({ id }) => id)]
  for (const id of ids) {
    const index = catalog.indexOf(id)
    if (index >= 0) setBit(blocked, index)
  }
  if (filter) await applyFilter(catalog, filter, blocked)
  return blocked
}

/** Sets the bits of items that do not meet the filter. */
async function applyFilter(catalog: Catalog, filter: ItemFilter, blocked: Uint32Array): Promise<void> {
  const { category } = filter
  if (category !== undefined) {
    const meets = catalog.paths.map((path) => path.includes(category))
    for (let i = 0; i < catalog.count; i++) if (!meets[catalog.categoryOf[i]!]) setBit(blocked, i)
  }
  if (filter.brand === undefined && filter.minPrice === undefined && filter.maxPrice === undefined) return
  const open = Array.from({ length: catalog.count }, (_, i) => i).filter((i) => !hasBit(blocked, i))
  for (let start = 0; start < open.length; start += SLICE_ITEMS) {
    const slice = open.slice(start, start + SLICE_ITEMS)
    const items = await catalog.items(slice)
    for (const [at, item] of items.entries()) if (!meetsFields(item, filter)) setBit(blocked, slice[at]!)
  }
}

/** Whether brand and price are as asked; an item without a price meets no bound. */
function meetsFields({ brand, price }: Item, filter: ItemFilter): boolean {
  const { minPrice, maxPrice } = filter
  if (filter.brand !== undefined && brand !== filter.brand) return false
  if (minPrice !== undefined && !(price !== undefined && price >= minPrice)) return false
  return maxPrice === undefined || (price !== undefined && price <= maxPrice)
}
