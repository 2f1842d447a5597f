import type { Catalog } from '../catalog/catalog'
import type { ItemTouch } from '../history/checkpoint'
import { decay } from '../history/decay'

/** Interests change, and clustering costs the square: older touches than the latest so many would cost much and say little. */
const MAX_ATTENDED = 48

type CatalogHead = Pick<Catalog, 'indexOf' | 'count' | 'total' | 'paths' | 'categoryOf'>

/** An item that the visitor showed interest in. */
export type Attended = {
  readonly touch: ItemTouch
  /** Its place in the catalog, or that of the item which stands in for it. */
  readonly index: number
  /** Its share of all attention, in (0, 1]; all shares sum to 1. */
  readonly weight: number
}

/**
 * The items that tell of the visitor's taste: touched with a positive weight, not rejected, and in the catalog. While the rest of a catalog
 * still streams in, an item that is not there yet is stood in for by one of its category, a different one each, the most popular first: so
 * the first shelf can adapt without asking the server for the very part that holds the item.
 * @param now milliseconds since 1970, to which weights are decayed.
 * @returns latest touched first, at most 48; empty where nothing is known.
 */
export function attendedItems(touches: readonly ItemTouch[], catalog: CatalogHead, now: number): readonly Attended[] {
  const standIn = standIns(touches, catalog)
  const attended: Attended[] = []
  let total = 0
  for (let at = touches.length - 1; at >= 0 && attended.length < MAX_ATTENDED; at--) {
    const touch = touches[at]!
    const weight = touch.weight * decay(now - touch.time)
    if (touch.rejected || !(weight > 0)) continue
    const own = catalog.indexOf(touch.id)
    const index = own < 0 ? standIn(touch) : own
    if (index < 0) continue
    attended.push({ touch, index, weight })
    total += weight
  }
  return attended.map((one) => ({ ...one, weight: one.weight / total }))
}

/** @returns gives the next item of a touch's narrowest category that was not touched itself; -1 where there is none, or the catalog is whole. */
function standIns(touches: readonly ItemTouch[], catalog: CatalogHead): (touch: ItemTouch) => number {
  const { count, total, paths, categoryOf } = catalog
  if (count >= total) return () => -1
  const taken = new Set(touches.map(({ id }) => catalog.indexOf(id)))
  return ({ categories }) => {
    const narrowest = categories?.at(-1)
    if (narrowest === undefined) return -1
    for (let index = 0; index < count; index++) {
      if (taken.has(index) || paths[categoryOf[index]!]?.at(-1) !== narrowest) continue
      taken.add(index)
      return index
    }
    return -1
  }
}
