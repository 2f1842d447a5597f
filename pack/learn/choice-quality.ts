import type { ChoiceSets } from './choice-sets'

const CUTOFF = 10

/**
 * NDCG@10 of the order that weights give, set by set; the ideal is all targets on top, ties count against us.
 * @returns [asked]: first the sets, in their order, then 0 for each moment without one.
 */
export function choiceQuality({ dim, asked, sets }: ChoiceSets, weights: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(asked)
  for (const [number, { values, taken, targets }] of sets.entries()) {
    // In 32 bits, as scores are told.
    const odds = new Float32Array(values.length / dim)
    for (let row = 0; row < odds.length; row++) {
      let sum = 0
      for (let at = 0; at < dim; at++) sum += weights[at]! * values[row * dim + at]!
      odds[row] = sum
    }
    let gain = 0
    const best = taken.map((row) => odds[row]!).sort((a, b) => b - a)
    for (const [place, own] of best.entries()) {
      let rank = place + 1
      for (let row = 0; row < odds.length; row++) if (odds[row]! >= own && !taken.includes(row)) rank++
      if (rank <= CUTOFF) gain += 1 / Math.log2(rank + 1)
    }
    let ideal = 0
    for (let rank = 1; rank <= Math.min(targets, CUTOFF); rank++) ideal += 1 / Math.log2(rank + 1)
    out[number] = gain / ideal
  }
  return out
}
