import { SottoError } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import { DEFAULT_LIMIT, MAX_TEXT_LENGTH } from '../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import { hasBit, setBit } from '../compute/bitset'
import { tokenise } from '../text/tokenise'
import type { RankingContext } from './context'
import { findBlocked } from './filter'
import { type Choice, present } from './present'

const MIN_CANDIDATES = 150
const CANDIDATES_PER_SLOT = 2
/** Words found decide; the cosine orders those with equal words, and finds what is worded otherwise. */
const WORD_WEIGHT = 0.6
/** Without a word in common: two unrelated titles reach less nineteen times in twenty. */
const MIN_COSINE = 0.3
/** A word begun but not finished says less than a whole one: `red` is rather the colour than the start of `rediform`. */
const BEGUN_WORD_SHARE = 0.75
/** Above every other score, which is at most 1. */
const ID_SCORE = 2

/**
 * Items that match a text: the nearest by vector, then those with its words in title, brand, categories or tags first. The last word may be
 * unfinished. A text that is an item's id gives that item first.
 * @returns empty for a text without a letter or digit, and where nothing matches.
 * @throws SottoError `invalid-argument` without `query`; `encoder-failed` where the encoder cannot be had; `catalog-failed` where it does not fit the catalog.
 */
export async function search(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { catalog } = context
  const { limit = DEFAULT_LIMIT } = request
  if (request.query === undefined) throw new SottoError('invalid-argument', 'recommend: query is missing; search needs a text')
  const query = request.query.slice(0, MAX_TEXT_LENGTH).trim()
  const words = searchedWords(query, context)
  if (!words.length || !catalog.count) return []
  const blocked = await findBlocked(context, request, () => false)
  const choices: Choice[] = []
  const exact = catalog.indexOf(query)
  if (exact >= 0 && !hasBit(blocked, exact)) {
    choices.push({ index: exact, score: ID_SCORE, grounds: { kind: 'query', words: [query], categories: [] } })
    setBit(blocked, exact)
  }
  const vector = await context.encodeQuery(query)
  const index = await context.index()
  const [nearest] = await index.topK(vector, Math.max(MIN_CANDIDATES, limit * CANDIDATES_PER_SLOT), blocked)
  const items = await catalog.items([...nearest!.indices])
  for (const [at, item] of items.entries()) {
    const cosine = nearest!.scores[at]!
    const found = matchWords(words, item)
    if (!found.share && cosine < MIN_COSINE) continue
    const score = WORD_WEIGHT * found.share + (1 - WORD_WEIGHT) * Math.max(0, cosine)
    choices.push({ index: nearest!.indices[at]!, score, grounds: { kind: 'query', ...found } })
  }
  choices.sort((a, b) => b.score - a.score || a.index - b.index)
  const known = new Map(items.map((item, at) => [nearest!.indices[at]!, item]))
  return present(choices.slice(0, limit), context, known)
}

/** The query's words, each once, without those that say nothing (`for`, `the`) but for the last, which may be unfinished. */
function searchedWords(query: string, { keywords }: RankingContext): readonly string[] {
  const all = [...new Set(tokenise(query))]
  // Short numbers are no keywords, but `iphone 5` is not `iphone 4`.
  return all.filter((word, at) => at === all.length - 1 || /\p{N}/u.test(word) || keywords(word).size > 0)
}

/** Which of the query's words an item holds. A word also meets its plural; the last one, less, any word that begins with it. */
function matchWords(words: readonly string[], { title, brand = '', categories, tags = [] }: Item) {
  const held = [...new Set([title, brand, ...categories, ...tags].flatMap((text) => tokenise(text).map(singular)))]
  const values = words.map((word, at): number => {
    if (held.includes(singular(word))) return 1
    return at === words.length - 1 && held.some((other) => other.startsWith(word)) ? BEGUN_WORD_SHARE : 0
  })
  const matched = words.filter((_, at) => values[at]! > 0)
  const own = new Set(matched.map(singular))
  const named = categories.filter((category) => tokenise(category).some((word) => own.has(singular(word))))
  return { share: values.reduce((sum, value) => sum + value, 0) / words.length, words: matched, categories: named }
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word
}
