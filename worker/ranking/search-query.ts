import type { WordIndex } from '../text/word-index'

/** A word begun but not finished says less than a whole one, the less the more of it is missing. */
const BEGUN_WORD_SHARE = 0.75
const COMPOUND_SHARE = 0.9
const MISTAKE_COST = 0.2
/** Letters left out are the more common slip: `printr` is `printer` before it is `print`. */
const EXTRA_LETTER_COST = 0.05
/** A shorter part of a compound is more likely chance. */
const MIN_PART_LENGTH = 3
/** Of the best reading's share: what holds it in the weakest place still has it, what only begins with the word mostly not. */
const HOLDS_IT = 0.6

/** What a word of the query may mean: an item must hold all of `terms`. */
export type Reading = {
  readonly terms: readonly string[]
  /** (0, 1]: 1 for the word itself. */
  readonly share: number
}

/** A word of the query and its readings in this catalog, best first; none where the catalog has nothing like it. */
export type ReadWord = {
  readonly term: string
  readonly readings: readonly Reading[]
  /** Whether the catalog lacks the word, so that its readings are words that it may be mistyped for. */
  readonly isGuessed: boolean
}

/**
 * Finds what each word of a query can mean in a catalog: itself, itself and its neighbour as one, the last one also unfinished; failing
 * those, a compound's two parts; failing that, the catalog's words that a mistyped one may stand for.
 * @param terms as `searchTerms` gives them.
 * @param begun the last word as typed, whose final `s` may be no plural.
 */
export function readQuery(index: WordIndex, terms: readonly string[], begun: string): readonly ReadWord[] {
  return terms.map((term, at) => {
    const joined = [`${terms[at - 1] ?? ''}${term}`, `${term}${terms[at + 1] ?? ''}`, terms.join('')]
    const readings: Reading[] = [...new Set([term, ...joined])].filter((one) => index.has(one)).map((one) => ({ terms: [one], share: 1 }))
    if (at === terms.length - 1)
      for (const one of index.startingWith(begun))
        if (one !== term) readings.push({ terms: [one], share: (BEGUN_WORD_SHARE * begun.length) / one.length })
    if (!readings.length) readings.push(...partsOf(index, term))
    const isGuessed = !readings.length
    if (isGuessed) readings.push(...guesses(index, term))
    return { term, readings: readings.sort((a, b) => b.share - a.share), isGuessed }
  })
}

/** Of equally likely ones the word that more items hold comes first. */
function guesses(index: WordIndex, term: string): Reading[] {
  const found = index.corrections(term).map(({ term: one, mistakes }) => {
    const share = 1 - MISTAKE_COST * mistakes - EXTRA_LETTER_COST * Number(one.length < term.length)
    return { terms: [one], share, count: index.holders([one]).size }
  })
  return found.sort((a, b) => b.count - a.count)
}

/** The two words that a compound is made of, where some item holds both. */
function partsOf(index: WordIndex, term: string): Reading[] {
  const found: Reading[] = []
  for (let cut = MIN_PART_LENGTH; cut <= term.length - MIN_PART_LENGTH; cut++) {
    const terms = [term.slice(0, cut), term.slice(cut)]
    if (index.holders(terms).size) found.push({ terms, share: COMPOUND_SHARE })
  }
  return found
}

/**
 * How much of the query each item holds: the sum over its words of the best reading's share, by where the item has it, each word weighed by
 * its rarity, as a share of the sum of all weights.
 * @returns [count], each in [0, 1].
 * Source: the inverse document frequency of BM25 (Robertson, Zaragoza 2009, eq. 3.3), with 1 added so that it stays positive. Its saturation
 * and length terms are left out: titles are short and say a word once.
 */
export function scoreWords(index: WordIndex, words: readonly ReadWord[], count: number): Float32Array {
  const scores = new Float32Array(count)
  let total = 0
  for (const { readings } of words) {
    const best = new Float32Array(count)
    for (const { terms, share } of readings)
      for (const [item, weight] of index.holders(terms)) best[item] = Math.max(best[item]!, share * weight)
    const enough = HOLDS_IT * (readings[0]?.share ?? 1)
    // Rounded as `best` is.
    const holders = best.reduce((sum, value) => sum + Number(value >= Math.fround(enough)), 0)
    const weight = Math.log(1 + (count - holders + 0.5) / (holders + 0.5))
    total += weight
    for (let item = 0; item < count; item++) scores[item]! += weight * best[item]!
  }
  if (total > 0) for (let item = 0; item < count; item++) scores[item]! /= total
  return scores
}
