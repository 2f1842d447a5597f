import { DEFAULT_LIMIT } from '../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import { hasBit } from '../compute/bitset'
import { decay } from '../history/decay'
import type { RankingContext } from './context'
import { findBlocked } from './filter'
import { type Choice, present } from './present'

/** What the visitor turned to last, latest first; not what they rejected, nor what the catalog lacks or cannot sell now. */
export async function recentlyViewed(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { catalog, checkpoint, now } = context
  const { limit = DEFAULT_LIMIT } = request
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  const choices: Choice[] = []
  for (let at = checkpoint.touches.length - 1; at >= 0 && choices.length < limit; at--) {
    const touch = checkpoint.touches[at]!
    const index = catalog.indexOf(touch.id)
    if (index < 0 || hasBit(blocked, index)) continue
    choices.push({ index, score: decay(now - touch.time), grounds: { kind: 'recent', reasons: [{ touch, index, share: 1 }] } })
  }
  return present(choices, context)
}
