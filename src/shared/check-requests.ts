import { checkCount, checkFields, checkIds, checkNumber, checkObject, checkOneOf, checkText, refuse } from './checks'
import { EVENT_NAMES, type HistoryQuery } from './events'
import { MAX_HISTORY_LIMIT, MAX_LIMIT } from './limits'
import { type ItemFilter, type RecommendRequest, STRATEGIES } from './recommendation'

export function checkRequest(request: unknown): asserts request is RecommendRequest {
  checkObject('recommend: request', request)
  checkFields('recommend: request', request, ['slot', 'strategy', 'limit', 'itemId', 'query', 'exclude', 'filter', 'model'])
  const { slot, strategy, limit, itemId, query, exclude, filter, model } = request
  checkOneOf('recommend: strategy', strategy, STRATEGIES)
  checkCount('recommend: limit', limit, 1, MAX_LIMIT)
  if (slot !== undefined) checkText('recommend: slot', slot)
  if (model !== undefined) checkText('recommend: model', model)
  if (strategy === 'similar' || strategy === 'bought-together' || itemId !== undefined) checkText('recommend: itemId', itemId)
  if ((strategy === 'search' || query !== undefined) && typeof query !== 'string') refuse('recommend: query', 'a string', query)
  if (exclude !== undefined) checkIds('recommend: exclude', exclude)
  if (filter !== undefined) checkFilter(filter)
}

function checkFilter(filter: unknown): void {
  checkObject('recommend: filter', filter)
  checkFields('recommend: filter', filter, ['category', 'brand', 'minPrice', 'maxPrice'])
  const { category, brand, minPrice, maxPrice } = filter as ItemFilter
  if (category !== undefined) checkText('recommend: filter.category', category)
  if (brand !== undefined) checkText('recommend: filter.brand', brand)
  checkNumber('recommend: filter.minPrice', minPrice)
  checkNumber('recommend: filter.maxPrice', maxPrice)
}

export function checkQuery(query: unknown): asserts query is HistoryQuery {
  checkObject('history: query', query)
  checkFields('history: query', query, ['type', 'since', 'item', 'limit'])
  const { type, since, item, limit } = query
  if (type !== undefined) checkOneOf('history: query.type', type, EVENT_NAMES)
  checkNumber('history: query.since', since)
  if (item !== undefined) checkText('history: query.item', item)
  checkCount('history: query.limit', limit, 1, MAX_HISTORY_LIMIT)
}

export type RequestChecks = { readonly [Method in 'recommend' | 'history' | 'rank' | 'explain']: (argument: unknown) => void }

/**
 * What may be asked. The engine checks every request with these; the package checks first, on the page, so that a wrong argument throws
 * at once. (Calls through the script tag are queued and can only reject, so there the engine's check is enough.)
 */
export const requestChecks: RequestChecks = {
  recommend: checkRequest,
  history: checkQuery,
  rank: (ids) => checkIds('rank: ids', ids),
  explain: (itemId) => checkText('explain: itemId', itemId),
}
