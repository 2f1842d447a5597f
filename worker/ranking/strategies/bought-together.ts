import { SottoError } from '../../../src/shared/errors'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { indexOrThrow } from '../../catalog/index-or-throw'
import { setBit } from '../../compute/bitset'
import type { ModelName } from '../../models/model-part'
import type { RankingContext } from '../context'
import { findBlocked } from '../filter'
import { chooseLearned } from '../learned/choose-learned'
import { present } from '../present'
import { similar } from '../similar'

/** Models that know what is bought with what, those that look at one basket first. */
export const TOGETHER: readonly ModelName[] = ['basket-neighbours', 'item-neighbours', 'ease', 'transitions']

/**
 * What others bought together with the item asked about, whoever asks; the history only keeps out what the visitor rejected. Where the
 * catalog brings no orders' lessons: similar items, which `evidence.kind` says.
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
  if (!learned || !model) return similar(request, context)
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  setBit(blocked, like)
  const order = learned.order(catalog.count)
  const known = { visit: { items: Int32Array.of(order.rowOf(like)) }, touches: [] }
  const grounds = () => ({ kind: 'together', like }) as const
  const choices = await chooseLearned(request, context, { model, known, order, index: await context.index(), blocked, grounds })
  return choices.length ? present(choices, context) : similar(request, context)
}
