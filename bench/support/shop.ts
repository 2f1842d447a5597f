import type { EventName, EventParams } from '../../src/shared/events'
import { seededRandom } from './seeded-random'

export const DIM = 128
const CATEGORIES = 40
/** The visitor is interested in some of them only. */
const VISITED_CATEGORIES = 5
const NOISE = 0.6 // cosine of about 0.74 between items of one category
const ADJECTIVES = ['sturdy', 'slim', 'classic', 'light', 'deep', 'quiet', 'bright', 'plain', 'folding', 'compact', 'tall', 'soft']
const NOUNS = ['binder', 'lamp', 'chair', 'folder', 'stand', 'tray', 'shelf', 'clock', 'cable', 'table', 'pen', 'board', 'box', 'case']
const NAMES = ['view_item', 'select_item', 'add_to_wishlist', 'add_to_cart', 'remove_from_cart', 'like', 'read', 'share'] as const

export type PretendItem = {
  readonly id: string
  readonly title: string
  readonly brand: string
  readonly categories: readonly string[]
  readonly price: number
}

/** A shop that never was, the same at every call: `count` items in 40 categories, and their vectors [count, 128] around one centre a category. */
export function pretendShop(count: number): { readonly items: readonly PretendItem[]; readonly vectors: Float32Array } {
  const random = seededRandom(1)
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!
  const centres = Float32Array.from({ length: CATEGORIES * DIM }, () => random() - 0.5)
  const vectors = new Float32Array(count * DIM)
  const items = Array.from({ length: count }, (_, index): PretendItem => {
    const category = index % CATEGORIES
    for (let at = 0; at < DIM; at++) vectors[index * DIM + at] = centres[category * DIM + at]! + NOISE * (random() - 0.5)
    return {
      id: `item-${index}`,
      title: `${pick(ADJECTIVES)} ${pick(ADJECTIVES)} ${pick(NOUNS)} ${index}`,
      brand: `Brand ${index % 97}`,
      categories: [`Department ${category % 8}`, `Category ${category}`],
      price: 1 + Math.floor(random() * 20_000) / 100,
    }
  })
  return { items, vectors }
}

/** What one busy visitor did, as arguments of `track`: no two alike, since the same thing twice within a second counts once. */
export function pretendEvents(items: readonly PretendItem[], count: number): readonly (readonly [EventName, EventParams])[] {
  const visited = items.filter((_, index) => index % CATEGORIES < VISITED_CATEGORIES)
  return Array.from({ length: count }, (_, index) => {
    const { id, title, brand, categories, price } = visited[index % visited.length]!
    const turn = Math.floor(index / visited.length)
    const item = { item_id: id, item_name: title, item_brand: brand, item_category: categories[0]!, item_category2: categories[1]!, price }
    return [NAMES[turn % NAMES.length]!, { currency: 'EUR', items: [{ ...item, quantity: 1 + Math.floor(turn / NAMES.length) }] }]
  })
}
