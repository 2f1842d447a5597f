import { DEFAULT_LIMIT } from '../../../src/shared/limits'
import type { RecommendRequest } from '../../../src/shared/recommendation'
import type { VectorIndex } from '../../compute/vector-index'
import type { Recommender } from '../../models/recommender'
import type { RankingContext } from '../context'
import { diversify, likenessIn } from '../diversity'
import type { Reason } from '../evidence'
import type { Choice, Grounds } from '../present'
import { bestOf } from './best-of'
import type { PackOrder } from './pack-order'
import type { KnownVisit } from './visit-of'
import { visitReasons } from './visit-reasons'

const CANDIDATES_PER_SLOT = 4
/** A model knows what goes together better than likeness does; only twins make room. */
const LAMBDA = 0.9

/** What is to be chosen from, and how it is to be explained. */
export type LearnedChoice = {
  readonly model: Recommender
  readonly known: KnownVisit
  readonly order: PackOrder
  /** Of the catalog's vectors, to tell twins. */
  readonly index: VectorIndex
  readonly blocked: Uint32Array
  /** Grounds of a result, from the reasons found in the visit. */
  readonly grounds: (reasons: readonly Reason[]) => Grounds
}

/** A shelf by one model alone: its best, of which no two are too alike. */
export async function chooseLearned(request: RecommendRequest, { catalog }: RankingContext, choice: LearnedChoice): Promise<Choice[]> {
  const { model, known, order, index, blocked, grounds } = choice
  const { limit = DEFAULT_LIMIT } = request
  const scores = new Float32Array(model.itemCount)
  await model.score(known.visit, scores)
  const best = bestOf(scores, order, blocked, limit * CANDIDATES_PER_SLOT)
  const top = best[0]?.score ?? 1
  const candidates = best.map(({ index: at, score }) => ({ index: at, relevance: score / top, group: 0 }))
  const picks = diversify(candidates, { limit, lambda: LAMBDA, likenessTo: likenessIn(catalog, index) })
  const choices: Choice[] = []
  const parts = new Float32Array(known.visit.items.length)
  for (const { index: at, relevance } of picks) {
    await model.explain(known.visit, order.rowOf(at), parts)
    choices.push({
      index: at,
      score: relevance,
      model: model.name,
      grounds: grounds(known.touches.length ? visitReasons(parts, known, order) : []),
    })
  }
  return choices
}
