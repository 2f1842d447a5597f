import { type Prepared, serveEntrant } from '../support/entrant'
import { makeDataset, type Size } from './dataset'
import { referenceTopK } from './reference'
import { TOP } from './searcher'

/** Makes what the others search, and knows what they must find. */
async function prepare(argument: unknown): Promise<Prepared> {
  const data = makeDataset(argument as Size) // scoring.ts sends just that
  const { vectors, scales, floats, queries, dim } = data
  const none = () => {
    throw new Error('the reference is not timed')
  }
  return {
    shared: data,
    tasks: {
      int8: { run: none, answer: () => referenceTopK(vectors, scales, queries, dim, TOP) },
      float32: { run: none, answer: () => referenceTopK(floats, undefined, queries, dim, TOP) },
    },
  }
}

serveEntrant(prepare)
