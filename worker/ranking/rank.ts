import type { ItemTouch } from '../history/checkpoint'
import type { RankingContext } from './context'
import { readTaste, scoreItems } from './taste'

/**
 * Re-ranks a listing by the score of `for-you`. What was bought already stands behind the rest, what was rejected comes last. Ids that the
 * catalog lacks keep their places; duplicates stay; equal scores keep the order given. Reads no item's fields.
 * @returns the same ids; as given where nothing is known of the visitor.
 */
export function rank(ids: readonly string[], context: RankingContext): readonly string[] {
  const { catalog, checkpoint } = context
  const taste = readTaste(context)
  if (!taste) return ids
  const touches = new Map(checkpoint.touches.map((touch) => [touch.id, touch]))
  const indices = ids.map((id) => catalog.indexOf(id))
  const listed = ids.filter((_, at) => indices[at]! >= 0)
  const scores = scoreItems(taste, catalog, Int32Array.from(indices.filter((index) => index >= 0)))
  const known = listed.map((id, at) => ({ id, tier: tierOf(touches.get(id)), score: scores[at]!.total }))
  known.sort((a, b) => a.tier - b.tier || b.score - a.score)
  let next = 0
  return ids.map((id, at) => (indices[at]! < 0 ? id : known[next++]!.id))
}

function tierOf(touch: ItemTouch | undefined): number {
  if (touch?.rejected) return 2
  return touch?.bought ? 1 : 0
}
