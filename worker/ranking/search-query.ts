import type { WordIndex } from '../text/word-index'

/** A word begun but not finished says less than a whole one, the less the more of it is missing. */
const BEGUN_WORD_SHARE = 0.75
const COMPOUND_SHARE = 0.9
const MISTAKE_COST = 0.2
/** A shorter part of a compound is more likely chance. */
const MIN_PART_LENGTH = 3

/** What a word of the query may mean: an item must hold all of `terms`. */
export type Reading = {
  readonly terms: readonly string[]
  /** (0, 1]: 1 for the word itself. */
  readonly share: number
}

/** A word of the query and its readings in this catalog, best first; none where the catalog has nothing like it. */
export type ReadWord = { readonly term: string; readonly readings: readonly Reading[] }

/**
 * Finds what each word of a query can mean in a catalog: itself, itself and its neighbour as one, the last one also unfinished; failing
 * those, a compound's two parts; failing that, the catalog's words that a mistyped one may stand for.
 * @param terms as `searchTerms` gives them.
 * @param begun the last word as typed, whose final `s` may be no plural.
 */
export function readQuery(index: WordIndex, terms: readonly string[], begun: string): readonly ReadWord[] {
  const whole = terms.join('')
  return terms.map((term, at) => {
    const readings: Reading[] = index.has(term) ? [{ terms: [term], share: 1 }] : []
    const joined = new Set([`${terms[at - 1] ?? ''}${term}`, `${term}${terms[at + 1] ?? ''}`, whole])
    joined.delete(term)
    for (const one of joined) if (index.has(one)) readings.push({ terms: [one], share: 1 })
    if (at === terms.length - 1)
      for (const one of index.startingWith(begun))
        if (one !== term) readings.push({ terms: [one], share: (BEGUN_WORD_SHARE * begun.length) / one.length })
    if (!readings.length) readings.push(...partsOf(index, term))
    if (!readings.length)
      for (const { term: one, mistakes } of index.corrections(term)) readings.push({ terms: [one], share: 1 - MISTAKE_COST * mistakes })
    return { term, readings: readings.sort((a, b) => b.share - a.share) }
  })
}

/** The two words that a compound is made of, where the catalog holds both. */
function partsOf(index: WordIndex, term: string): Reading[] {
  const found: Reading[] = []
  for (let cut = MIN_PART_LENGTH; cut <= term.length - MIN_PART_LENGTH; cut++) {
    const terms = [term.slice(0, cut), term.slice(cut)]
    if (terms.every((part) => index.has(part))) found.push({ terms, share: COMPOUND_SHARE })
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
    for (const reading of readings) raiseTo(index, reading, best)
    const holders = best.reduce((sum, value) => sum + Number(value > 0), 0)
    const weight = Math.log(1 + (count - holders + 0.5) / (holders + 0.5))
    total += weight
    for (let item = 0; item < count; item++) scores[item]! += weight * best[item]!
  }
  if (total > 0) for (let item = 0; item < count; item++) scores[item]! /= total
  return scores
}

/** Lifts `best` of every item that has a reading. */
function raiseTo(index: WordIndex, { terms, share }: Reading, best: Float32Array): void {
  let held = new Map<number, number>()
  for (const [at, term] of terms.entries()) {
    const both = new Map<number, number>()
    index.each(term, (item, weight) => {
      const before = at === 0 ? 1 : (held.get(item) ?? 0)
      if (before > 0) both.set(item, Math.max(both.get(item) ?? 0, Math.min(before, weight)))
    })
    held = both
  }
  for (const [item, weight] of held) best[item] = Math.max(best[item]!, share * weight)
}
