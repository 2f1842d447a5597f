import { DEFAULT_LIMIT } from '../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import type { RankingContext } from './context'
import { diversify, likenessIn } from './diversity'
import { findReasons } from './evidence'
import { findBlocked } from './filter'
import { choosePopular } from './popular'
import { present } from './present'
import { spreadSlots } from './spread-slots'
import { readTaste, scoreItems } from './taste'

/** Candidates for each slot of an interest: category and popularity may lift one from so far behind. */
const CANDIDATES_PER_SLOT = 6
const MIN_CANDIDATES = 16
/** Mostly relevance: enough diversity to keep five colours of one chair from filling the shelf. */
const LAMBDA = 0.75

/**
 * What this visitor may want next: near to one of their interests, slots shared among these by weight, no two picks too alike. Whatever was
 * touched (looked at, in the cart, bought, rejected) is left out. Where nothing is known yet: popular items of every category.
 */
export async function forYou(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  // Made while models are opened, and even where nothing is known yet: files that only some visitors fetch would tell who has a history.
  const making = context.index()
  making.catch(() => {}) // whoever needs it hears of it
  const learned = await context.learned?.().catch(() => undefined)
  const shelf = await learned?.forYou(request, context)
  if (shelf) return shelf
  const { catalog } = context
  const { limit = DEFAULT_LIMIT } = request
  const index = await making
  const blocked = await findBlocked(context, request, () => true)
  const taste = readTaste(context, index)
  if (!taste) return present(choosePopular(context, blocked, limit), context)
  const { interests } = taste
  const queries = new Float32Array(interests.length * catalog.dim)
  for (const [at, { centroid }] of interests.entries()) queries.set(centroid, at * catalog.dim)
  const quotas = spreadSlots(
    interests.map(({ share }) => share),
    limit,
  )
  const wanted = Math.max(MIN_CANDIDATES, Math.max(...quotas) * CANDIDATES_PER_SLOT)
  const nearest = await index.topK(queries, Math.min(wanted, catalog.count), blocked)
  const proposed = Int32Array.from(new Set(nearest.flatMap(({ indices }) => [...indices])))
  const candidates = scoreItems(taste, catalog, proposed).map((score) => ({ ...score, relevance: score.total, group: score.interest }))
  candidates.sort((a, b) => b.total - a.total || a.index - b.index)
  const picks = diversify(candidates, { limit, lambda: LAMBDA, likenessTo: likenessIn(catalog, index), quotas })
  const reasons = findReasons(taste, catalog, picks)
  const choices = picks.map(({ index: picked, total }, at) => {
    const own = reasons[at]!
    return { index: picked, score: total, grounds: own.length ? { kind: 'history' as const, reasons: own } : { kind: 'popular' as const } }
  })
  return present(choices, context)
}
