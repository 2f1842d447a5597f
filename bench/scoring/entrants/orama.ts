import { create, insertMultiple, searchVector } from '@orama/orama'
import type { Dataset } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** Below any cosine: every item is a result, which an exact top-k without knowing the scores beforehand needs. */
const NO_THRESHOLD = -1.1

/** Orama's vector search over documents that hold an id and a vector; with its threshold of 0.8 off, and as it is by default. */
export async function orama({ floats, items, dim }: Dataset): Promise<Searcher> {
  const database = create({ schema: { vector: `vector[${dim}]` } as const })
  const BATCH = 10_000 // documents made at a time: all at once would be held twice
  for (let from = 0; from < items; from += BATCH) {
    const length = Math.min(BATCH, items - from)
    await insertMultiple(
      database,
      Array.from({ length }, (_, at) => ({
        id: String(from + at),
        vector: Array.from(floats.subarray((from + at) * dim, (from + at + 1) * dim)),
      })),
      length,
    )
  }
  const search = (similarity: { similarity?: number }) => async (query: Float32Array) => {
    const { hits } = await searchVector(database, {
      mode: 'vector',
      vector: { value: query as never, property: 'vector' },
      limit: TOP,
      ...similarity,
    })
    return hits.map(({ id }) => Number(id))
  }
  return { one: search({ similarity: NO_THRESHOLD }), other: search({}) }
}
