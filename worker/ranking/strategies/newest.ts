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
  const { now } = context
  const blocked = await findBlocked(context, request, ({ rejected }) => rejected)
  const days = await publishedDays(context)
  const list = new TopList(limit)
  // What does not say when compares as no number does.
  for (const [index, day] of days.entries()) if (day * DAY_MS <= now && !hasBit(blocked, index)) list.offer(index, day)
  const { indices, scores } = list.toTopK()
  return present(
    Array.from(indices, (index, at) => ({ index, score: scores[at]!, grounds: { kind: 'new' as const } })),
    context,
  )
}

/** Read once a catalog: it takes every item's fields. */
function publishedDays({ catalog, publishedDays: known }: RankingContext): Promise<Float32Array> {
  const reading = known.get(catalog) ?? readDays(catalog)
  known.set(catalog, reading)
  reading.catch(() => known.delete(catalog)) // tried again the next time; whoever asked hears of it
  return reading
}

async function readDays(catalog: Catalog): Promise<Float32Array> {
  const days = new Float32Array(catalog.count).fill(Number.NaN)
  for (let start = 0; start < catalog.count; start += SLICE_ITEMS) {
    const indices = Array.from({ length: Math.min(SLICE_ITEMS, catalog.count - start) }, (_, at) => start + at)
    for (const [at, { published }] of (await catalog.items(indices)).entries()) {
      if (published !== undefined) days[start + at] = published / DAY_MS
    }
  }
  return days
}
