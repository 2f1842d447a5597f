import { SottoError } from '../../src/shared/errors'
import { DEFAULT_LIMIT } from '../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import { indexOrThrow } from '../catalog/index-or-throw'
import { setBit } from '../compute/bitset'
import { unitRow } from '../compute/row-vectors'
import { categoryOverlap } from './category-overlap'
import type { RankingContext } from './context'
import { diversify, likenessIn } from './diversity'
import { findBlocked } from './filter'
import { present } from './present'

const CANDIDATES_PER_SLOT = 4
const MIN_CANDIDATES = 32
/** What a wholly equal category path adds to a cosine: it breaks near ties, no more. */
const CATEGORY_BONUS = 0.15
/** Closeness is what was asked for, so only the nearest twins make room. */
const LAMBDA = 0.9

/**
 * Items like the one asked about, whoever asks: the history only keeps out what the visitor rejected.
 * @throws SottoError `invalid-argument` without `itemId`; `unknown-item` where the catalog lacks it.
 */
export async function similar(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { catalog } = context
  const index = await context.index()
  const { itemId, limit = DEFAULT_LIMIT } = request
  if (itemId === undefined) throw new SottoError('invalid-argument', 'recommend: itemId is missing; similar needs the id of an item')
  const like = indexOrThrow(catalog, itemId, 'similar')
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  setBit(blocked, like)
  const wanted = Math.max(MIN_CANDIDATES, limit * CANDIDATES_PER_SLOT)
  const [nearest] = await index.topK(unitRow(catalog, like), Math.min(wanted, catalog.count), blocked)
  const pathOf = (at: number) => catalog.paths[catalog.categoryOf[at]!] ?? []
  const candidates = Array.from(nearest!.indices, (candidate, at) => {
    const relevance = nearest!.scores[at]! + CATEGORY_BONUS * categoryOverlap(pathOf(candidate), pathOf(like))
    return { index: candidate, relevance, group: 0 }
  })
  candidates.sort((a, b) => b.relevance - a.relevance || a.index - b.index)
  const picks = diversify(candidates, { limit, lambda: LAMBDA, likenessTo: likenessIn(catalog, index) })
  return present(
    picks.map(({ index: at, relevance }) => ({ index: at, score: relevance, grounds: { kind: 'item', like } })),
    context,
  )
}
