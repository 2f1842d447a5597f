import { editDistance } from './edit-distance'
import { pieces, UNSPACED } from './pieces'
import { singular } from './singular'
import { tokenise } from './tokenise'

/** Where a word stands, as bits: an item may have it in several places. */
const PLACES = { title: 1, group: 2, code: 4 } as const
const PLACE_BITS = 3
/** By those bits. A title may name what it goes with (`chair mat`), a category says little alone: what both say is sure. */
const PLACE_WEIGHTS = [0, 0.8, 0.6, 1, 1, 1, 1, 1]
/** Shorter words have too many neighbours to guess among. */
const MIN_CORRECTED_LENGTH = 4
/** From here on two mistakes are forgiven. */
const LONG_WORD = 7

/** What an item can be found by, by place. */
export type IndexedWords = {
  readonly title: readonly string[]
  /** Of brand, categories and tags. */
  readonly group: readonly string[]
  /** Article numbers: found whole or by their beginning, never guessed. */
  readonly codes: readonly string[]
}

/** A word that a mistyped one may stand for. */
export type Correction = { readonly term: string; readonly mistakes: number }

/** The words of a text as the index compares them, in order: plurals folded, scripts without spaces in overlapping pairs of characters. */
export function searchTerms(text: string): readonly string[] {
  return tokenise(text).flatMap((token) => (UNSPACED.test(token) ? pieces(token, () => false) : singular(token)))
}

/** Which items hold which words. About 16 bytes a word of an item, and the distinct words once. */
export class WordIndex {
  /** Word to its items in the order in which they were added, each `item << PLACE_BITS | places`. */
  readonly #entries = new Map<string, number[]>()
  /** Apart from the words, which are looked through for corrections. */
  readonly #codes = new Map<string, number[]>()

  /** Adds an item once. @param item below 2^28. */
  add(item: number, { title, group, codes }: IndexedWords): void {
    const places = new Map<string, number>()
    for (const term of title) places.set(term, PLACES.title)
    for (const term of group) places.set(term, (places.get(term) ?? 0) | PLACES.group)
    for (const [term, bits] of places) push(this.#entries, term, (item << PLACE_BITS) | bits)
    for (const code of new Set(codes)) push(this.#codes, code, (item << PLACE_BITS) | PLACES.code)
  }

  has(term: string): boolean {
    return this.#entries.has(term) || this.#codes.has(term)
  }

  /**
   * The items that hold all of some words.
   * @returns item to weight in (0, 1], by where it has the word that stands in the weakest place.
   */
  holders([first = '', ...others]: readonly string[]): ReadonlyMap<number, number> {
    const held = new Map<number, number>()
    for (const entries of [this.#entries, this.#codes]) {
      for (const entry of entries.get(first) ?? []) {
        const item = entry >>> PLACE_BITS
        held.set(item, Math.max(held.get(item) ?? 0, PLACE_WEIGHTS[entry & ((1 << PLACE_BITS) - 1)]!))
      }
    }
    if (!others.length || !held.size) return held
    const rest = this.holders(others)
    return new Map([...held].flatMap(([item, weight]) => (rest.has(item) ? [[item, Math.min(weight, rest.get(item)!)]] : [])))
  }

  /** Words and codes that begin with these letters and go on. */
  startingWith(letters: string): readonly string[] {
    const found: string[] = []
    for (const entries of [this.#entries, this.#codes])
      for (const term of entries.keys()) if (term.length > letters.length && term.startsWith(letters)) found.push(term)
    return found
  }

  /**
   * Words that a mistyped one may stand for: one mistake away, two from seven letters on (of the longer of the two). Its first letter counts
   * as right, or swapped with the second. Nothing with a digit: another number is another thing.
   */
  corrections(word: string): readonly Correction[] {
    if (word.length < MIN_CORRECTED_LENGTH || /\p{N}/u.test(word)) return []
    const found: Correction[] = []
    for (const term of this.#entries.keys()) {
      if (term.length < MIN_CORRECTED_LENGTH || (term[0] !== word[0] && !(term[0] === word[1] && term[1] === word[0]))) continue
      const max = Math.max(term.length, word.length) < LONG_WORD ? 1 : 2
      const mistakes = editDistance(word, term, max)
      if (mistakes <= max && !/\p{N}/u.test(term)) found.push({ term, mistakes })
    }
    return found
  }
}

function push(map: Map<string, number[]>, term: string, entry: number): void {
  const entries = map.get(term)
  if (entries) entries.push(entry)
  else map.set(term, [entry])
}
