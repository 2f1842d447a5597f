import type { Visit } from './recommender'

/**
 * How much each item of a visit counts now: its own weight, less by a factor for every step that it lies back. Items of one moment (a basket)
 * are one step.
 * @param decay factor a step, above 0; 1 counts all alike.
 * @returns [visit.items.length]; the last step's are their own weights.
 */
export function visitWeights({ items, weights, times }: Visit, decay: number): Float64Array {
  const out = new Float64Array(items.length)
  let factor = 1
  for (let at = items.length - 1; at >= 0; at--) {
    out[at] = factor * (weights?.[at] ?? 1)
    if (!times || times[at] !== times[at - 1]) factor *= decay
  }
  return out
}
