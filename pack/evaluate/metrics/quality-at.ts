/** Measures of a list of the first `cutoff` items, each from 0 to 1. */
export const METRICS = ['hr', 'ndcg', 'mrr', 'precision', 'recall', 'f1'] as const
export type Metric = (typeof METRICS)[number]

/**
 * How good the first `cutoff` items of a ranking are, by the places of its targets: `hr` 1 where any target is among them; `ndcg` the sum of
 * 1 / log2(place + 1) over the targets among them against the same sum if min(cutoff, targets) targets stood first; `mrr` 1 / place of the
 * first target, 0 where it is not among them; `precision` found / cutoff; `recall` found / targets; `f1` their harmonic mean, 0 where both are.
 * @param ranks places of all targets, from 1; Infinity for one that is not ranked. At least one.
 * Source: Järvelin and Kekäläinen (TOIS 2002), with gains of 0 and 1 and the discount log2(place + 1).
 */
export function qualityAt(cutoff: number, ranks: Float64Array): Record<Metric, number> {
  let found = 0
  let gain = 0
  let ideal = 0
  let first = Number.POSITIVE_INFINITY
  for (let at = 0; at < ranks.length; at++) {
    const rank = ranks[at]!
    if (at < cutoff) ideal += 1 / Math.log2(at + 2)
    if (rank > cutoff) continue
    found++
    gain += 1 / Math.log2(rank + 1)
    first = Math.min(first, rank)
  }
  return {
    hr: found > 0 ? 1 : 0,
    ndcg: gain / ideal,
    mrr: 1 / first,
    precision: found / cutoff,
    recall: found / ranks.length,
    f1: (2 * found) / (cutoff + ranks.length),
  }
}
