import { SottoError } from '../../src/shared/errors'
import { loadPart } from '../../src/shared/load-part'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import type { RankingContext } from './context'
import { forYou } from './for-you'

export type { RankingContext } from './context'

/**
 * Fills a shelf by the strategy asked for, with at most `limit` items (default 8), best first, each with its evidence.
 * @throws SottoError as the strategies say; `worker-failed` where a file that is fetched at its first use does not load.
 */
export async function recommend(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { strategy } = request
  switch (strategy) {
    case 'for-you':
      return forYou(request, context)
    case 'similar':
      return (await others()).similar(request, context)
    case 'recently-viewed':
      return (await others()).recentlyViewed(request, context)
    case 'search':
      return (await loadPart('search', () => import('./search'))).search(request, context)
    case 'bought-together':
      return (await others()).boughtTogether(request, context)
    case 'cart':
      return (await others()).cart(request, context)
    case 'next':
      return (await others()).next(request, context)
    case 'trending':
      return (await others()).trending(request, context)
    case 'new':
      return (await others()).newest(request, context)
    default:
      throw unknownStrategy(strategy)
  }
}

function others() {
  return loadPart('more shelves', () => import('./strategies'))
}

function unknownStrategy(strategy: never): SottoError {
  return new SottoError('invalid-argument', `recommend: strategy is ${String(strategy)}, expected one of STRATEGIES`)
}
