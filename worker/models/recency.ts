import type { Visit } from './recommender'

const DAY_MS = 86_400_000

export type Recency = {
  /** What a step back is worth, 0 to 1: 1 counts all alike, 0 only the last. */
  readonly decay: number
  /** Days in which what is known to be old loses half of its worth; 0: age does not count. */
  readonly halfLifeDays: number
}

/**
 * How much each position of a visit counts: its weight, times `decay` for each step back from the end, times a half for each half-life of its
 * age. Where times are known, what happened at one moment (a basket) is one step.
 * @returns [visit.items.length], each at least 0.
 */
export function positionWeights({ items, times, weights, now }: Visit, { decay, halfLifeDays }: Recency): Float64Array {
  const last = items.length - 1
  const out = new Float64Array(items.length)
  const asked = now ?? times?.[last] ?? 0
  let worth = 1
  for (let at = last; at >= 0; at--) {
    if (at < last && !(times && times[at] === times[at + 1])) worth *= decay
    const ageDays = times && halfLifeDays > 0 ? Math.max(0, asked - times[at]!) / DAY_MS : 0
    const freshness = ageDays > 0 ? 0.5 ** (ageDays / halfLifeDays) : 1
    out[at] = worth * (weights?.[at] ?? 1) * freshness
  }
  return out
}
