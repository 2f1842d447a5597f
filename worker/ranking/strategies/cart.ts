import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import type { RankingContext } from '../context'
import { TOGETHER } from './bought-together'
import { fromTouches } from './from-touches'

/** What goes with what lies in the cart; nothing while that is empty. */
export async function cart(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const touches = context.checkpoint.touches.filter(({ inCart }) => inCart)
  return fromTouches(request, context, touches, TOGETHER)
}
