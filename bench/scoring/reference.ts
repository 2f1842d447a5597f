/** Items and their scores, best first. */
type Ranking = { readonly items: number[]; readonly scores: number[] }

/**
 * The best `k` items for each query, slow and obvious: products summed in float64 one after the other, the sum times the scale rounded to
 * float32, ties in item order.
 * @param rows [count, dim]; of norm 1 once multiplied by their scale.
 * @param scales [count]; 1 for each where absent.
 * @param queries [queryCount, dim].
 */
export function referenceTopK(
  rows: Float32Array | Int8Array,
  scales: Float32Array | undefined,
  queries: Float32Array,
  dim: number,
  k: number,
): readonly (readonly number[])[] {
  const count = rows.length / dim
  const wide = Float64Array.from(queries)
  const row = new Float64Array(dim)
  const best = Array.from({ length: queries.length / dim }, (): Ranking => ({ items: [], scores: [] }))
  for (let item = 0; item < count; item++) {
    for (let j = 0; j < dim; j++) row[j] = rows[item * dim + j]!
    const scale = scales ? scales[item]! : 1
    for (let query = 0; query < best.length; query++) {
      let sum = 0
      for (let j = 0; j < dim; j++) sum += wide[query * dim + j]! * row[j]!
      offer(best[query]!, item, Math.fround(sum * scale), k)
    }
  }
  return best.map(({ items }) => items)
}

/** Items come in order, so one that only equals another stands behind it. */
function offer({ items, scores }: Ranking, item: number, score: number, k: number): void {
  if (scores.length === k && !(score > scores[k - 1]!)) return
  let at = scores.length
  while (at > 0 && score > scores[at - 1]!) at--
  scores.splice(at, 0, score)
  items.splice(at, 0, item)
  if (items.length > k) {
    items.pop()
    scores.pop()
  }
}

/** The share of the best items that were found, over all queries: 0 to 1. */
export function recallOf(found: readonly (readonly number[])[], best: readonly (readonly number[])[]): number {
  let hits = 0
  let all = 0
  for (const [query, items] of best.entries()) {
    const kept = new Set(found[query])
    hits += items.filter((item) => kept.has(item)).length
    all += items.length
  }
  return hits / all
}
