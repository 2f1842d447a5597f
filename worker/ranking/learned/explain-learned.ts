import type { Explanation } from '../../../src/shared/recommendation'
import { indexOrThrow } from '../../catalog/index-or-throw'
import type { RankingContext } from '../context'
import type { Learned } from './learned'
import { RankerKeeper } from './ranker-keeper'
import { visitOf } from './visit-of'

/**
 * Why an item stands where `for-you` puts it by learned models.
 * @returns `undefined` where these do not rank: nothing is known of the visitor, the models are not here, or none of them speaks for the item.
 * @throws SottoError `unknown-item`
 */
export async function explainLearned(itemId: string, context: RankingContext, learned: Learned): Promise<Explanation | undefined> {
  const { catalog, checkpoint, now } = context
  const index = indexOrThrow(catalog, itemId, 'explain')
  const opened = await learned.blend()
  const order = learned.order(catalog.count)
  const { visit, touches } = visitOf(checkpoint.touches, order.rowOfId(catalog), now)
  const row = order.rowOf(index)
  if (!opened || visit.items.length === 0 || row >= opened.blend.itemCount) return undefined
  const { blend } = opened
  await RankerKeeper.open(opened, context, learned.note)
  const { values } = await blend.rowsOf(visit, Int32Array.of(row))
  const features = blend.weights().map(({ name, mean, deviation }, at) => ({ name, value: values[at]!, weight: mean, deviation }))
  const found = shares(features.map(({ value, weight }) => value * weight))
  const because = new Float32Array(visit.items.length)
  await blend.explainRow(visit, row, values, because)
  const reasons = shares(because)
  if (!reasons.some((share) => share > 0)) return undefined
  return {
    itemId,
    parts: features.map(({ name }, at) => ({ name, share: found[at]! })).filter(({ share }) => share > 0),
    features,
    because: touches
      .map(({ id, event }, at) => ({ itemId: id, event, share: reasons[at]! }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share),
  }
}

/** What is above 0, as shares that sum to 1; all 0 where nothing is. */
function shares(parts: ArrayLike<number>): number[] {
  const above = Array.from(parts, (part) => Math.max(0, part))
  const total = above.reduce((sum, part) => sum + part, 0)
  return total > 0 ? above.map((part) => part / total) : above
}
