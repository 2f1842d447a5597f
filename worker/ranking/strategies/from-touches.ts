import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import type { ItemTouch } from '../../history/checkpoint'
import type { ModelName } from '../../models/model-part'
import type { RankingContext } from '../context'
import { findBlocked } from '../filter'
import { forYou } from '../for-you'
import { chooseLearned } from '../learned/choose-learned'
import { visitOf } from '../learned/visit-of'
import { present } from '../present'

/**
 * A shelf that follows from some of what the visitor touched, and leaves out all of it: by the first model of these that the pack brings, else
 * by likeness to these items.
 * @returns nothing where there is no such touch.
 */
export async function fromTouches(
  request: RecommendRequest,
  context: RankingContext,
  touches: readonly ItemTouch[],
  models: readonly ModelName[],
): Promise<readonly RecommendedItem[]> {
  const { catalog, checkpoint, now } = context
  // Asked for even where there is no touch: files that only some visitors fetch would tell who has a cart.
  const learned = await context.learned?.()
  const model = await learned?.firstOf(models, 'anywhere')
  if (touches.length === 0) return []
  if (learned && model) {
    const order = learned.order(catalog.count)
    // What is asked about is one session, though the visitor may have paused since.
    const known = visitOf(touches, order.rowOfId(catalog), now)
    const blocked = await findBlocked(context, request, () => true)
    const choices = await chooseLearned(request, context, {
      model,
      known: { ...known, visit: { ...known.visit, sessionStart: 0 } },
      order,
      index: await context.index(),
      blocked,
      grounds: (reasons) => (reasons.length ? { kind: 'history', reasons } : { kind: 'popular' }),
    })
    if (choices.length) return present(choices, context)
  }
  const { learned: _learned, ...plain } = context
  const exclude = [...(request.exclude ?? []), ...checkpoint.touches.map(({ id }) => id)]
  return forYou({ ...request, exclude }, { ...plain, checkpoint: { ...checkpoint, touches } })
}
