import { UNSPACED } from './pieces'
import { singular } from './singular'
import { normalise } from './tokenise'

/** Words that say nothing about a thing; short ones (1 letter) are left out anyway. */
const STOP_WORDS = new Set(
  'a an and are as at be by for from has in is it its no not of on or that the this to up with your you our we was per each new all more'.split(
    ' ',
  ),
)
/** Shorter numbers are sizes and counts; from here on they tell a model or a series apart. */
const MIN_MODEL_DIGITS = 4

/**
 * The content words of a text, for evidence: what a person would name as its subject.
 * @returns word as compared (normalised, plurals folded) to word as first written; in order of the text.
 */
export function keywords(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const run of text.normalize('NFC').match(/[\p{L}\p{N}\p{M}'\u2019]+/gu) ?? []) {
    for (const written of UNSPACED.test(run) ? segments(run) : [run.replace(/^['\u2019]+|['\u2019]+$/g, '')]) {
      const word = normalise(written)
      if (isContent(word)) {
        const key = singular(word)
        if (!words.has(key)) words.set(key, written)
      }
    }
  }
  return words
}

function isContent(word: string): boolean {
  if (/^\p{N}*$/u.test(word)) return word.length >= MIN_MODEL_DIGITS
  return (word.length > 1 || UNSPACED.test(word)) && !STOP_WORDS.has(word)
}

/** Unspaced scripts need a dictionary, which the browser has. */
function segments(run: string): string[] {
  const cut = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(run)
  return Array.from(cut, ({ segment }) => segment)
}
