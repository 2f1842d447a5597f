import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { positionWeights } from './recency'
import type { Recommender } from './recommender'
import { unpackTermLists } from './term-lists'
import { termWeights } from './term-weights'

/**
 * Recommends what the same words speak of: TF-IDF cosines of titles, attributes and descriptions, in any language and from the first item on.
 * score = sum over the visit's positions p of weight(p) × cos(p, item). Items without text score 0 and speak for nothing.
 *
 * Settings: `decay` and `halfLifeDays` (0 where absent) as in `Recency`, `rarityPower` as in `termWeights`.
 * @throws SottoError `pack-invalid` naming the tensor or setting that is missing or broken.
 */
export function openTerms(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const recency = { decay: reader.setting('decay'), halfLifeDays: reader.setting('halfLifeDays', 0) }
  const lists = unpackTermLists(reader)
  const { termCount, starts, terms } = lists
  const weights = termWeights(lists, reader.setting('rarityPower'))
  const itemCount = starts.length - 1
  const holders = invert(termCount, starts, terms, weights)
  /** [termCount] the visit as one vector; all zeros between calls. */
  const query = new Float32Array(termCount)

  const add = (row: number, factor: number) => {
    for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) query[terms[at]!]! += factor * weights[at]!
  }
  const clear = (row: number) => {
    for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) query[terms[at]!] = 0
  }

  return {
    name: 'terms',
    itemCount,
    score(visit, out) {
      out.fill(0)
      const factors = positionWeights(visit, recency)
      for (let at = 0; at < factors.length; at++) add(visit.items[at]!, factors[at]!)
      for (const row of visit.items) {
        for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) {
          const term = terms[at]!
          const factor = query[term]!
          if (factor === 0) continue
          query[term] = 0
          for (let place = holders.starts[term]!, last = holders.starts[term + 1]!; place < last; place++) {
            out[holders.items[place]!]! += factor * holders.weights[place]!
          }
        }
      }
    },
    explain(visit, item, out) {
      const factors = positionWeights(visit, recency)
      add(item, 1)
      for (let position = 0; position < factors.length; position++) {
        const row = visit.items[position]!
        let cosine = 0
        for (let at = starts[row]!, end = starts[row + 1]!; at < end; at++) cosine += query[terms[at]!]! * weights[at]!
        out[position] = factors[position]! * cosine
      }
      clear(item)
    },
  }
}

type Holders = { readonly starts: Uint32Array; readonly items: Uint32Array; readonly weights: Float32Array }

/** The items of each term, from the terms of each item. */
function invert(termCount: number, starts: Uint32Array, terms: Uint32Array, weights: Float32Array): Holders {
  const termStarts = new Uint32Array(termCount + 1)
  for (const term of terms) termStarts[term + 1]!++
  for (let term = 0; term < termCount; term++) termStarts[term + 1]! += termStarts[term]!
  const next = termStarts.slice()
  const items = new Uint32Array(terms.length)
  const sorted = new Float32Array(terms.length)
  for (let item = 0; item < starts.length - 1; item++) {
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      const place = next[terms[at]!]!++
      items[place] = item
      sorted[place] = weights[at]!
    }
  }
  return { starts: termStarts, items, weights: sorted }
}
