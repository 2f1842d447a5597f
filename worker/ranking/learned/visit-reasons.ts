import type { Reason } from '../evidence'
import type { PackOrder } from './pack-order'
import type { KnownVisit } from './visit-of'

/**
 * What of the visit speaks for an item, by a model's own account.
 * @param parts [visit.items.length] what each position puts into the score, at least 0.
 * @returns weightiest first, the later touched first where equal; shares sum to 1; empty where the model cannot tell.
 */
export function visitReasons(parts: Float32Array, { visit, touches }: KnownVisit, order: PackOrder): Reason[] {
  const total = parts.reduce((sum, part) => sum + part, 0)
  if (!(total > 0)) return []
  const reasons = Array.from(parts, (part, at) => ({ touch: touches[at]!, index: order.indexOf(visit.items[at]!), share: part / total }))
  return reasons.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share || b.touch.time - a.touch.time)
}
