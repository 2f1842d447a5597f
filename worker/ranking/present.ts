import type { Item } from '../../src/shared/items'
import type { Because, Evidence, RecommendedItem } from '../../src/shared/recommendation'
import type { RankingContext } from './context'
import type { Reason } from './evidence'

const MAX_REASONS = 3
const MAX_WORDS = 6

/** Why an item was chosen, before titles are read. */
export type Grounds =
  | { readonly kind: 'popular' | 'trending' | 'new' | 'together' }
  | { readonly kind: 'history' | 'recent'; readonly reasons: readonly Reason[] }
  /** `like`: index of the item asked about. */
  | { readonly kind: 'item'; readonly like: number }
  | { readonly kind: 'query'; readonly words: readonly string[]; readonly categories: readonly string[] }

/** An item chosen for a shelf. `model`: which learned model chose it, where one did. */
export type Choice = { readonly index: number; readonly score: number; readonly grounds: Grounds; readonly model?: string }

/**
 * Makes shelf entries: reads the fields of the chosen items and of the few that are their reasons, in one call, and words the evidence.
 * @param known fields read before, by index.
 */
export async function present(
  choices: readonly Choice[],
  context: RankingContext,
  known: ReadonlyMap<number, Item> = new Map(),
): Promise<readonly RecommendedItem[]> {
  const { catalog } = context
  const indices = choices.map(({ index }) => index)
  const needed = new Set(choices.flatMap(({ index, grounds }) => [index, ...unnamed(grounds)]))
  const missing = [...needed].filter((index) => !known.has(index))
  const [read, thumbnails] = await Promise.all([missing.length ? catalog.items(missing) : [], catalog.thumbnails(indices)])
  const items = new Map(known)
  for (const [at, index] of missing.entries()) items.set(index, read[at]!)
  return choices.map(({ index, score, grounds, model }, at) => {
    const item = items.get(index)!
    const thumbnail = thumbnails[at]
    const evidence = { ...word(item, grounds, items, context), ...(model && { model }) }
    return { id: item.id, score, item, ...(thumbnail ? { thumbnail } : {}), evidence }
  })
}

/** Items that the evidence names and whose titles are not yet known: those of events that came with a name are. */
function unnamed(grounds: Grounds): readonly number[] {
  switch (grounds.kind) {
    case 'history':
    case 'recent':
      return listed(grounds).flatMap(({ touch, index }) => (touch.title === undefined ? index : []))
    case 'item':
      return [grounds.like]
    case 'popular':
    case 'trending':
    case 'new':
    case 'together':
    case 'query':
      return []
    default:
      return grounds satisfies never
  }
}

function listed({ reasons }: { readonly reasons: readonly Reason[] }): readonly Reason[] {
  return reasons.slice(0, MAX_REASONS)
}

function word(item: Item, grounds: Grounds, items: ReadonlyMap<number, Item>, context: RankingContext): Evidence {
  const { kind } = grounds
  switch (kind) {
    case 'popular':
    case 'trending':
    case 'new':
    case 'together':
      return { kind, because: [], words: [], categories: [] }
    case 'query':
      return { kind, because: [], words: grounds.words.slice(0, MAX_WORDS), categories: grounds.categories }
    case 'item':
      return { kind, because: [], ...inCommon(item, [items.get(grounds.like)!], context) }
    case 'history': {
      const { paths, categoryOf } = context.catalog
      const others = listed(grounds).map((reason) => ({
        title: titleOf(reason, items),
        categories: paths[categoryOf[reason.index]!] ?? [],
      }))
      return { kind, because: listed(grounds).map((reason) => because(reason, items)), ...inCommon(item, others, context) }
    }
    case 'recent':
      return { kind, because: listed(grounds).map((reason) => because(reason, items)), words: [], categories: [] }
    default:
      return kind satisfies never
  }
}

function because(reason: Reason, items: ReadonlyMap<number, Item>): Because {
  const { touch, share } = reason
  return { itemId: touch.id, title: titleOf(reason, items), event: touch.event, share }
}

/** As the event named it, which is the only true name where another item stands in; else the catalog's. */
function titleOf({ touch, index }: Reason, items: ReadonlyMap<number, Item>): string {
  const item = items.get(index)
  return touch.title ?? (item?.id === touch.id ? item.title : touch.id)
}

/** Words of its title, as it writes them, and categories that the item shares with any of the others. */
function inCommon(
  item: Item,
  others: readonly Pick<Item, 'title' | 'categories'>[],
  { keywords }: RankingContext,
): Pick<Evidence, 'words' | 'categories'> {
  const theirWords = new Set(others.flatMap(({ title }) => [...keywords(title).keys()]))
  const theirCategories = new Set(others.flatMap(({ categories }) => categories))
  const words = [...keywords(item.title)].filter(([compared]) => theirWords.has(compared)).map(([, written]) => written)
  return { words: words.slice(0, MAX_WORDS), categories: item.categories.filter((category) => theirCategories.has(category)) }
}
