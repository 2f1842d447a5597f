import type { Explanation } from '../../src/shared/recommendation'
import { indexOrThrow } from '../catalog/index-or-throw'
import type { RankingContext } from './context'
import { findReasons } from './evidence'
import { readTaste, scoreItems } from './taste'

/**
 * Why an item stands where `for-you` (or, without learned models, `rank` too) puts it. Reads no item's fields.
 * @throws SottoError `unknown-item`
 */
export async function explain(itemId: string, context: RankingContext): Promise<Explanation> {
  const learned = await context.learned?.().catch(() => undefined)
  const explained = await learned?.explain(itemId, context)
  if (explained) return explained
  const { catalog } = context
  const index = indexOrThrow(catalog, itemId, 'explain')
  const taste = readTaste(context)
  if (!taste) return { itemId, parts: [], because: [] }
  const score = scoreItems(taste, catalog, Int32Array.of(index))[0]!
  const because = findReasons(taste, catalog, [score])[0]!.map(({ touch, share }) => ({ itemId: touch.id, event: touch.event, share }))
  const parts = (['similarity', 'category', 'popularity'] as const).map((name) => ({ name, share: score[name] / score.total }))
  return { itemId, parts, because }
}
