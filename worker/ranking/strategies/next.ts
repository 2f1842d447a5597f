import { SESSION_GAP_MS } from '../../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import type { ItemTouch } from '../../history/checkpoint'
import type { ModelName } from '../../models/model-part'
import type { RankingContext } from '../context'
import { fromTouches } from './from-touches'

/** Models of sequences, the most able of those that are learned by default first. */
const SEQUENTIAL: readonly ModelName[] = ['session-neighbours', 'transitions', 'item-neighbours', 'ease']

/** What visitors turned to next after what this one looked at last; nothing before they looked at anything. */
export async function next(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  return fromTouches(request, context, latestSession(context.checkpoint.touches), SEQUENTIAL)
}

/** The touches of the last session, the one before included where this one has just begun. @param touches oldest first. */
export function latestSession(touches: readonly ItemTouch[]): readonly ItemTouch[] {
  let start = touches.length - 1
  while (start > 0 && touches[start]!.time - touches[start - 1]!.time < SESSION_GAP_MS) start--
  return touches.slice(Math.max(0, start))
}
