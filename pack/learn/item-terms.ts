import { normalise } from '../../worker/text/tokenise'
import type { ItemText } from './learner'

/** How much a term counts by where it stands; a title's word counts 1. A term that stands in several places counts once, by the best. */
export type TermWeights = {
  /** A value of the attributes as a whole, and its words. */
  readonly attribute: number
  readonly description: number
  /** Two words of the title that follow one another; 0: no pairs. */
  readonly pair: number
  /** Part of a word: of a compound, or its letters and its digits (`50ml`). */
  readonly part: number
}

/** Begins the term of a whole value; no word begins with it, so that the brand `Orange` is not the colour. */
const WHOLE = '='
/** No word has one inside. */
const BETWEEN = ' '
/** Shorter beginnings and ends are found in too many words that have nothing to do with them. */
const MIN_PART_LETTERS = 4
/** Letters that join the parts of a compound (`Arbeit-s-platz`, `Küche-n-tisch`). */
const MAX_JOINT_LETTERS = 2
/** Dictionaries of the scripts without spaces are the same in every locale. */
const SEGMENTER = new Intl.Segmenter('und', { granularity: 'word' })

/** The words of a text in any language, normalised, in order: digits stay, signs and spaces go. */
export function words(text: string): string[] {
  const found: string[] = []
  for (const { segment, isWordLike } of SEGMENTER.segment(normalise(text))) if (isWordLike) found.push(segment)
  return found
}

/** The terms of an item, each with its weight, above 0; parts of words are not among them yet. Empty for texts without a letter or digit. */
export function itemTerms({ title, attributes, description }: ItemText, weights: TermWeights): Map<string, number> {
  const terms = new Map<string, number>()
  const add = (term: string, weight: number) => {
    if (weight > (terms.get(term) ?? 0)) terms.set(term, weight)
  }
  const titleWords = words(title)
  for (const [at, word] of titleWords.entries()) {
    add(word, 1)
    if (at) add(titleWords[at - 1] + BETWEEN + word, weights.pair)
  }
  for (const value of attributes) {
    const valueWords = words(value)
    if (valueWords.length) add(WHOLE + valueWords.join(BETWEEN), weights.attribute)
    // A bare number means something else as a word than as a value: number 12 of the brands is not 12 pieces.
    for (const word of valueWords) if (/\p{L}/u.test(word)) add(word, weights.attribute)
  }
  if (description) for (const word of words(description)) add(word, weights.description)
  return terms
}

/**
 * What a word is made of: its runs of letters and of digits; else the two words that it is a compound of, where the catalog has both.
 * @param term a result of `itemTerms`.
 * @param frequency items that have a word, 0 for one that is unknown.
 * @returns empty for whole values, pairs and words without parts. Of several ways to cut, the one whose rarer part is the least rare.
 */
export function termParts(term: string, frequency: (word: string) => number): readonly string[] {
  if (term.startsWith(WHOLE) || term.includes(BETWEEN)) return []
  if (/\p{N}/u.test(term)) {
    const runs = term.match(/\p{N}+|\p{L}[\p{L}\p{M}]*/gu) ?? []
    return runs.length > 1 ? runs : []
  }
  let best: readonly string[] = []
  let most = 0
  for (let end = MIN_PART_LETTERS; end <= term.length - MIN_PART_LETTERS; end++) {
    const first = term.slice(0, end)
    const held = frequency(first)
    if (held <= most) continue
    for (let joint = 0; joint <= MAX_JOINT_LETTERS && end + joint <= term.length - MIN_PART_LETTERS; joint++) {
      const last = term.slice(end + joint)
      const both = Math.min(held, frequency(last))
      if (both <= most) continue
      most = both
      best = [first, last]
    }
  }
  return best
}
