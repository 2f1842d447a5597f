import { SottoError } from '../../../src/shared/errors'
import { DEFAULT_LIMIT } from '../../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { hasBit } from '../../compute/bitset'
import { MODEL_NAMES } from '../../models/model-part'
import { isModelName } from '../../models/read-part'
import type { RankingContext } from '../context'
import { diversify, likenessIn } from '../diversity'
import type { Reason } from '../evidence'
import { findBlocked } from '../filter'
import { forYou } from '../for-you'
import { type Choice, present } from '../present'
import { chooseLearned } from './choose-learned'
import type { Learned } from './learned'
import { RankerKeeper } from './ranker-keeper'
import { visitOf } from './visit-of'
import { visitReasons } from './visit-reasons'

const CANDIDATES_PER_SLOT = 4
/** The ranker knows better than likeness does; only twins make room. */
const LAMBDA = 0.9

/**
 * What this visitor may want next, by what the site's logs taught and by what they chose from earlier shelves.
 * @returns `undefined` where nothing usable is known of the visitor, or the models are not here yet: they are then fetched when nobody waits.
 * @throws SottoError `invalid-argument` for a model that there is not; what keeps a model from ranking.
 */
export async function forYouLearned(
  request: RecommendRequest,
  context: RankingContext,
  learned: Learned,
): Promise<readonly RecommendedItem[] | undefined> {
  const { catalog, checkpoint, now } = context
  const order = learned.order(catalog.count)
  const known = visitOf(checkpoint.touches, order.rowOfId(catalog), now)
  const { model: asked = 'blend' } = request
  if (!isModelName(asked))
    throw new SottoError('invalid-argument', `recommend: model is "${asked}", expected one of ${MODEL_NAMES.join(', ')}`)
  const model = asked === 'blend' ? undefined : await learned.library.model(asked, 'anywhere')
  const opened = model ? undefined : await learned.blend()
  if (known.visit.items.length === 0 || !(model || opened)) return undefined
  const index = await context.index()
  const blocked = await findBlocked(context, request, () => true)
  if (model) {
    const choices = await chooseLearned(request, context, { model, known, order, index, blocked, grounds: groundsOf })
    return choices.length ? present(choices, context) : undefined
  }
  const { blend } = opened!
  const keeper = await RankerKeeper.open(opened!, context, learned.note)
  const isOut = (row: number) => {
    const at = order.indexOf(row)
    return at < 0 || hasBit(blocked, at)
  }
  const { limit = DEFAULT_LIMIT, slot = 'default' } = request
  const { items, values } = await blend.maker.candidates(known.visit, isOut)
  const odds = new Float64Array(items.length)
  blend.ranker.score(values, odds)
  const best = Array.from(odds.keys()).sort((a, b) => odds[b]! - odds[a]! || items[a]! - items[b]!)
  const near = best.slice(0, limit * CANDIDATES_PER_SLOT)
  const top = odds[near[0]!] ?? 0
  const span = top - (odds[near.at(-1)!] ?? 0) || 1
  const candidates = near.map((at) => ({ at, index: order.indexOf(items[at]!), relevance: 1 - (top - odds[at]!) / span, group: 0 }))
  const picks = diversify(candidates, { limit, lambda: LAMBDA, likenessTo: likenessIn(catalog, index) })
  if (picks.length === 0) return undefined
  const { dim } = blend.maker
  const rowsOf = (at: number) => values.subarray(at * dim, (at + 1) * dim)
  const choices: Choice[] = []
  const parts = new Float32Array(known.visit.items.length)
  for (const { at, index: place } of picks) {
    await blend.explainRow(known.visit, items[at]!, rowsOf(at), parts)
    choices.push({ index: place, score: odds[at]!, model: blend.name, grounds: groundsOf(visitReasons(parts, known, order)) })
  }
  const shelf = await present(choices, context)
  const rows = new Float32Array(picks.length * dim)
  for (const [number, { at }] of picks.entries()) rows.set(rowsOf(at), number * dim)
  keeper.noteShown({ slot, time: now, ids: shelf.map(({ id }) => id), rows, learned: new Uint8Array(picks.length) })
  if (shelf.length === limit) return shelf
  // A narrow filter, a small catalog: the rest by likeness.
  const { learned: _, ...plain } = context
  const exclude = [...(request.exclude ?? []), ...shelf.map(({ id }) => id)]
  return [...shelf, ...(await forYou({ ...request, limit: limit - shelf.length, exclude }, plain))]
}

function groundsOf(reasons: readonly Reason[]): Choice['grounds'] {
  return reasons.length ? { kind: 'history', reasons } : { kind: 'popular' }
}
