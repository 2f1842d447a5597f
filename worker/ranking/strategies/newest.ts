import { DEFAULT_LIMIT } from '../../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import type { Catalog } from '../../catalog/catalog'
import { hasBit } from '../../compute/bitset'
import { TopList } from '../../compute/top-list'
import type { RankingContext } from '../context'
import { findBlocked } from '../filter'
import { present } from '../present'

/** Fields read at once, so that parsing a large catalog does not hold up other requests. */
const SLICE_ITEMS = 512
const DAY_MS = 86_400_000

/** What was published last, latest first, the same for everybody but for what they rejected; nothing where no item says when it was. */
export async function newest(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { limit = DEFAULT_LIMIT } = request
  const { catalog, now } = context
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  const list = new TopList(limit)
  for (let start = 0; start < catalog.count; start += SLICE_ITEMS) {
    for (const { index, days } of await publishedIn(catalog, blocked, start)) if (days * DAY_MS <= now) list.offer(index, days)
  }
  const { indices, scores } = list.toTopK()
  return present(
    Array.from(indices, (index, at) => ({ index, score: scores[at]!, grounds: { kind: 'new' as const } })),
    context,
  )
}

/** Days since 1970, with fractions, of the items of a slice that say when they were published. */
async function publishedIn(catalog: Catalog, blocked: Uint32Array, start: number) {
  const length = Math.min(SLICE_ITEMS, catalog.count - start)
  const open = Array.from({ length }, (_, at) => start + at).filter((index) => !hasBit(blocked, index))
  const items = await catalog.items(open)
  return open.flatMap((index, at) => {
    const { published } = items[at]!
    return published === undefined ? [] : [{ index, days: Math.fround(published / DAY_MS) }]
  })
}
