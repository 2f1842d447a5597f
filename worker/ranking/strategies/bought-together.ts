import { SottoError } from '../../../src/shared/errors'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { indexOrThrow } from '../../catalog/index-or-throw'
import { setBit } from '../../compute/bitset'
import type { ModelName } from '../../models/model-part'
import type { RankingContext } from '../context'
import { findBlocked } from '../filter'
import { chooseLearned } from '../learned/choose-learned'
import { present } from '../present'

/** Models that know what is bought with what, those that look at one basket first. */
export const TOGETHER: readonly ModelName[] = ['basket-neighbours', 'item-neighbours', 'ease', 'transitions']

/**
 * What others bought together with the item asked about, whoever asks; the history only keeps out what the visitor rejected, bought or has in
 * the cart. Nothing where nobody bought something with it, or the catalog does not know: what is merely like it would pass for what it is not.
 * @throws SottoError `invalid-argument` without `itemId`; `unknown-item` where the catalog lacks it.
 */
export async function boughtTogether(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { catalog } = context
  const { itemId } = request
  if (itemId === undefined)
    throw new SottoError('invalid-argument', 'recommend: itemId is missing; bought-together needs the id of an item')
  const like = indexOrThrow(catalog, itemId, 'bought-together')
  const learned = await context.learned?.()
  const model = await learned?.firstOf(TOGETHER, 'anywhere')
  if (!learned || !model) return []
  const blocked = await findBlocked(context, request, ({ rejected, bought, inCart }) => rejected || bought || inCart)
  setBit(blocked, like)
  const order = learned.order(catalog.count)
  const known = { visit: { items: Int32Array.of(order.rowOf(like)) }, touches: [] }
  const grounds = () => ({ kind: 'together' }) as const
  const choice = { model, known, order, index: await context.index(), blocked, grounds }
  return present(await chooseLearned(request, context, choice), context)
}
