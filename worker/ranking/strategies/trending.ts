import { DEFAULT_LIMIT } from '../../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { openTrend } from '../../models/trend'
import type { RankingContext } from '../context'
import { findBlocked } from '../filter'
import { bestOf } from '../learned/best-of'
import { choosePopular } from '../popular'
import { present } from '../present'

/**
 * What is wanted more than it used to be, the same for everybody but for what they rejected; where the catalog does not know, what is wanted
 * most, which `evidence.kind` says.
 */
export async function trending(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { limit = DEFAULT_LIMIT } = request
  const { catalog } = context
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  const learned = await context.learned?.()
  const part = await learned?.part('popularity')
  const trend = part && openTrend(part)
  const best = learned && trend ? bestOf(trend, learned.order(catalog.count), blocked, limit) : []
  if (best.length === 0) return present(choosePopular(context, blocked, limit), context)
  return present(
    best.map(({ index, score }) => ({ index, score, grounds: { kind: 'trending' }, model: 'popularity' })),
    context,
  )
}
