import type { Catalog } from '../catalog/catalog'
import type { ItemTouch } from '../history/checkpoint'
import { decay } from '../history/decay'

/** Interests change; older touches than the latest so many would cost time and say little. */
const MAX_ATTENDED = 128

/** An item of the catalog that the visitor showed interest in. */
export type Attended = {
  readonly touch: ItemTouch
  /** Its place in the catalog. */
  readonly index: number
  /** Its share of all attention, in (0, 1]; all shares sum to 1. */
  readonly weight: number
}

/**
 * The items that tell of the visitor's taste: touched with a positive weight, not rejected, and in the catalog.
 * @param now milliseconds since 1970, to which weights are decayed.
 * @returns latest touched first, at most 128; empty where nothing is known.
 */
export function attendedItems(touches: readonly ItemTouch[], catalog: Pick<Catalog, 'indexOf'>, now: number): readonly Attended[] {
  const attended: Attended[] = []
  let total = 0
  for (let at = touches.length - 1; at >= 0 && attended.length < MAX_ATTENDED; at--) {
    const touch = touches[at]!
    const weight = touch.weight * decay(now - touch.time)
    const index = touch.rejected || !(weight > 0) ? -1 : catalog.indexOf(touch.id)
    if (index < 0) continue
    attended.push({ touch, index, weight })
    total += weight
  }
  return attended.map((one) => ({ ...one, weight: one.weight / total }))
}
