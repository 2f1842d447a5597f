import type { TermLists } from './term-lists'

/**
 * Weights of terms so that every item is a unit vector: level × log(1 + items / items that have the term) ^ power. The 1 keeps a term that all
 * items have above 0.
 * @param power 1 is the usual TF-IDF; more makes rare terms count more.
 * @returns [postings], in (0, 1]; the squares of an item's sum to 1.
 * Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988. Departs from it in the power and the 1.
 */
export function termWeights({ termCount, starts, terms, levels }: TermLists, power: number): Float32Array {
  const itemCount = starts.length - 1
  const rarity = new Float64Array(termCount)
  for (const term of terms) rarity[term]!++
  for (let term = 0; term < termCount; term++) rarity[term] = Math.log(1 + itemCount / rarity[term]!) ** power
  const weights = new Float32Array(terms.length)
  for (let item = 0; item < itemCount; item++) {
    const start = starts[item]!
    const end = starts[item + 1]!
    let squares = 0
    for (let at = start; at < end; at++) {
      const weight = levels[at]! * rarity[terms[at]!]!
      weights[at] = weight
      squares += weight * weight
    }
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let at = start; at < end; at++) weights[at]! *= factor
  }
  return weights
}
