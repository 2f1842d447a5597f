import { SottoError } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import { DEFAULT_LIMIT, MAX_TEXT_LENGTH } from '../../src/shared/limits'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import { hasBit, setBit } from '../compute/bitset'
import { cosinesTo } from '../compute/row-vectors'
import { TopList } from '../compute/top-list'
import type { VectorIndex } from '../compute/vector-index'
import { tokenise } from '../text/tokenise'
import { searchTerms } from '../text/word-index'
import type { RankingContext } from './context'
import { findBlocked } from './filter'
import { type Choice, present } from './present'
import { type ReadWord, readQuery, scoreWords } from './search-query'
import { wordIndexOf } from './search-words'

const MIN_NEAREST = 100
/** Words found decide; the cosine orders those with equal words, and finds what is worded otherwise. */
const WORD_WEIGHT = 0.6
/** Without a word in common: two unrelated titles reach less nineteen times in twenty. */
const MIN_COSINE = 0.3
/** A mistyped word comes less near to any item; few that are spelled right do, where the catalog has the like. */
const MEANT_COSINE = 0.36
/** Above every other score, which is at most 1. */
const ID_SCORE = 2

/**
 * Items that match a text: those with its words in title, brand, categories, tags or id, and the nearest by vector, in one order. The last
 * word may be unfinished; a word that the catalog lacks is read as one it has. A text that is an item's id gives that item first.
 * The first search reads the whole catalog's fields and keeps an index of their words.
 * @returns empty for a text without a letter or digit, and where nothing matches.
 * @throws SottoError `invalid-argument` without `query`; `encoder-failed` where the encoder cannot be had; `catalog-failed` where it does not fit the catalog.
 */
export async function search(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[]> {
  const { catalog } = context
  const { limit = DEFAULT_LIMIT } = request
  if (request.query === undefined) throw new SottoError('invalid-argument', 'recommend: query is missing; search needs a text')
  const query = request.query.slice(0, MAX_TEXT_LENGTH).trim()
  const tokens = searchedTokens(query, context)
  if (!tokens.length || !catalog.count) return []
  const words = await wordIndexOf(catalog, context.wordIndexes)
  const blocked = await findBlocked(context, request, () => false)
  const index = await context.index()
  const read = await withoutMeant(readQuery(words, [...new Set(tokens.flatMap(searchTerms))], tokens.at(-1)!), index, context)
  const vector = await context.encodeQuery(corrected(query, tokens, read))
  const [nearest] = await index.topK(vector, Math.min(Math.max(MIN_NEAREST, limit), catalog.count), blocked)
  const shares = scoreWords(words, read, catalog.count)
  const best = new TopList(limit)
  const exact = catalog.indexOf(query)
  const worded: number[] = []
  for (let item = 0; item < catalog.count; item++) {
    if (!hasBit(blocked, item) && (shares[item]! > 0 || item === exact)) worded.push(item)
  }
  const cosines = cosinesTo(index, vector, Int32Array.from(worded))
  for (const [at, item] of worded.entries()) {
    best.offer(item, item === exact ? ID_SCORE : blend(shares[item]!, cosines[at]!))
    setBit(blocked, item)
  }
  for (const [at, item] of nearest!.indices.entries()) {
    const cosine = nearest!.scores[at]!
    if (!hasBit(blocked, item) && cosine >= MIN_COSINE) best.offer(item, blend(0, cosine))
  }
  const { indices, scores } = best.toTopK()
  const items = await catalog.items([...indices])
  const choices = items.map((item, at): Choice => {
    const matched = indices[at] === exact ? { words: [query], categories: [] } : matchedIn(item, read, tokens)
    return { index: indices[at]!, score: scores[at]!, grounds: { kind: 'query', ...matched } }
  })
  return present(choices, context, new Map(items.map((item, at) => [indices[at]!, item])))
}

/** Takes back the guesses for words that are no slips: the catalog has what they mean (`sofa` for chairs), if not what they say. */
async function withoutMeant(read: readonly ReadWord[], index: VectorIndex, { encodeQuery }: RankingContext): Promise<readonly ReadWord[]> {
  return Promise.all(
    read.map(async (word) => {
      if (!word.isGuessed || !word.readings.length) return word
      const [nearest] = await index.topK(await encodeQuery(word.term), 1)
      return nearest!.scores[0]! < MEANT_COSINE ? word : { ...word, readings: [] }
    }),
  )
}

/** The query with the best guess in place of each mistyped word, whose own vector says nothing. */
function corrected(query: string, tokens: readonly string[], read: readonly ReadWord[]): string {
  const guesses = new Map(read.flatMap(({ term, readings: [best], isGuessed }) => (isGuessed && best ? [[term, best.terms]] : [])))
  return guesses.size ? tokens.flatMap((token) => searchTerms(token).flatMap((term) => guesses.get(term) ?? token)).join(' ') : query
}

function blend(share: number, cosine: number): number {
  // As the list keeps it: equals must be equal.
  return Math.fround(WORD_WEIGHT * share + (1 - WORD_WEIGHT) * Math.max(0, cosine))
}

/** The query's words, each once, without those that say nothing (`for`, `the`) but for the last, which may be unfinished. */
function searchedTokens(query: string, { keywords }: RankingContext): readonly string[] {
  const all = [...new Set(tokenise(query))]
  // Short numbers are no keywords, but `iphone 5` is not `iphone 4`.
  return all.filter((word, at) => at === all.length - 1 || /\p{N}/u.test(word) || keywords(word).size > 0)
}

/** The words by which an item was found, as the visitor typed them or else as the item writes them, and its categories that hold one. */
function matchedIn({ id, title, brand = '', categories, tags = [] }: Item, read: readonly ReadWord[], tokens: readonly string[]) {
  const written = new Map<string, string>()
  for (const text of [...tags, ...categories, brand, id, title])
    for (const token of text.match(/[\p{L}\p{N}\p{M}'\u2019]+/gu) ?? []) for (const term of searchTerms(token)) written.set(term, token)
  const typed = new Map(tokens.flatMap((token) => searchTerms(token).map((term) => [term, token])))
  const terms = new Set(read.flatMap(({ readings }) => readings.find((one) => one.terms.every((term) => written.has(term)))?.terms ?? []))
  const named = categories.filter((category) => searchTerms(category).some((term) => terms.has(term)))
  return { words: [...terms].map((term) => typed.get(term) ?? written.get(term)!), categories: named }
}
