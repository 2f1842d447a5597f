import type { ItemTouch } from '../history/checkpoint'
import type { RankingContext } from './context'
import { readTaste, scoreItems } from './taste'

/**
 * Re-ranks a listing by the score of `for-you`, learned models included where they are at hand. What was bought already stands behind the rest, what was rejected comes last. Ids that the
 * catalog lacks keep their places; duplicates stay; equal scores keep the order given. Reads no item's fields.
 * @returns the same ids; as given where nothing is known of the visitor.
 */
export async function rank(ids: readonly string[], context: RankingContext): Promise<readonly string[]> {
  const { catalog, checkpoint } = context
  const touches = new Map(checkpoint.touches.map((touch) => [touch.id, touch]))
  const indices = ids.map((id) => catalog.indexOf(id))
  const listed = ids.filter((_, at) => indices[at]! >= 0)
  const scores = await scoresOf(Int32Array.from(indices.filter((index) => index >= 0)), context)
  if (!scores) return ids
  const known = listed.map((id, at) => ({ id, tier: tierOf(touches.get(id)), score: scores[at]! }))
  known.sort((a, b) => a.tier - b.tier || b.score - a.score)
  let next = 0
  return ids.map((id, at) => (indices[at]! < 0 ? id : known[next++]!.id))
}

/** @returns one score an item; `undefined` where nothing is known of the visitor. */
async function scoresOf(indices: Int32Array, context: RankingContext): Promise<ArrayLike<number> | undefined> {
  const learned = await context.learned?.().catch(() => undefined)
  const odds = await learned?.score(indices, context)
  if (odds) return odds
  const taste = readTaste(context)
  return taste && scoreItems(taste, context.catalog, indices).map(({ total }) => total)
}

function tierOf(touch: ItemTouch | undefined): number {
  if (touch?.rejected) return 2
  return touch?.bought ? 1 : 0
}
