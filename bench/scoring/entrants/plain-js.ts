import type { Dataset } from '../dataset'
import { type Searcher, TOP } from '../searcher'

/** What anybody would write: float32 rows, one product after the other, the best kept in order. */
export async function plainJs({ floats: rows, items, dim }: Dataset): Promise<Searcher> {
  const best = new Int32Array(TOP)
  const scores = new Float32Array(TOP)
  const one = (query: Float32Array) => {
    let kept = 0
    for (let item = 0; item < items; item++) {
      let score = 0
      for (let j = 0, at = item * dim; j < dim; j++, at++) score += query[j]! * rows[at]!
      if (kept === TOP && score <= scores[TOP - 1]!) continue
      let place = kept < TOP ? kept++ : TOP - 1
      for (; place > 0 && score > scores[place - 1]!; place--) {
        scores[place] = scores[place - 1]!
        best[place] = best[place - 1]!
      }
      scores[place] = score
      best[place] = item
    }
    return best.subarray(0, kept)
  }
  return { one }
}
