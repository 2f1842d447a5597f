import type { RankingContext } from '../context'
import type { Learned } from './learned'
import { RankerKeeper } from './ranker-keeper'
import { visitOf } from './visit-of'

/**
 * Scores given items by learned models.
 * @param indices places in the catalog.
 * @returns log-odds that each is chosen, one an item; `undefined` where nothing is known of the visitor, or the models are not here.
 */
export async function scoreLearned(indices: Int32Array, context: RankingContext, learned: Learned): Promise<Float64Array | undefined> {
  const { catalog, checkpoint, now } = context
  const opened = await learned.blend()
  const order = learned.order(catalog.count)
  const { visit } = visitOf(checkpoint.touches, order.rowOfId(catalog), now)
  if (!opened || visit.items.length === 0) return undefined
  const { blend } = opened
  const rows = indices.map(order.rowOf)
  if (rows.some((row) => row < 0 || row >= blend.itemCount)) return undefined
  await RankerKeeper.open(opened, context, learned.note)
  const { values } = await blend.rowsOf(visit, rows)
  const odds = new Float64Array(rows.length)
  blend.ranker.score(values, odds)
  return odds
}
