import type { Catalog } from '../catalog/catalog'
import { pause } from '../catalog/slices'
import { searchTerms, WordIndex } from '../text/word-index'

/** Items read at a time: about half a frame's work, after which messages and storage get their turn. */
const SLICE_ITEMS = 256
/** A shorter number in an id is a count, and would be found by every size. */
const MIN_CODE_LENGTH = 3

/** The word indexes made so far, kept as long as their catalogs. */
export type WordIndexes = WeakMap<Catalog, Promise<WordIndex>>

/**
 * The words of a catalog, made at its first search and kept in `indexes`; tried again where reading failed.
 * @throws what reading the catalog does.
 */
export function wordIndexOf(catalog: Catalog, indexes: WordIndexes): Promise<WordIndex> {
  const known = indexes.get(catalog)
  if (known) return known
  const made = readWords(catalog).catch((error) => {
    indexes.delete(catalog)
    throw error
  })
  indexes.set(catalog, made)
  return made
}

async function readWords(catalog: Catalog): Promise<WordIndex> {
  const { count, categoryOf } = catalog
  const index = new WordIndex()
  const ofPath = catalog.paths.map((path) => path.flatMap(searchTerms))
  for (let start = 0; start < count; start += SLICE_ITEMS) {
    const slice = Array.from({ length: Math.min(SLICE_ITEMS, count - start) }, (_, at) => start + at)
    for (const [at, { id, title, brand = '', tags = [] }] of (await catalog.items(slice)).entries()) {
      const group = [...ofPath[categoryOf[start + at]!]!, ...[brand, ...tags].flatMap(searchTerms)]
      index.add(start + at, { title: searchTerms(title), group, codes: codesOf(id) })
    }
    await pause()
  }
  return index
}

/** An id without its signs, and its parts that tell it from others. */
function codesOf(id: string): readonly string[] {
  const parts = searchTerms(id)
  return [parts.join(''), ...parts.filter((part) => part.length >= MIN_CODE_LENGTH && /\p{N}/u.test(part))]
}
