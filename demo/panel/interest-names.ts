import type { Interest } from 'sotto'
import { inCommon, singular } from '../parts/in-common'

/**
 * Names for interests that tell them apart. An interest is called after its category; where two share one, each also gets a word that
 * stands in its own products' names and not in the other's: "Chairs: folding" and "Chairs: leather".
 *
 * @returns one name each, in the same order; where no word tells two apart, the first product's name does.
 */
export function interestNames(interests: readonly Pick<Interest, 'label' | 'items'>[]): string[] {
  return interests.map((interest) => {
    const { label, items } = interest
    const name = label || 'Various'
    const others = interests.filter((other) => other !== interest && other.label === label)
    if (others.length === 0) return name
    const foreign = new Set(others.flatMap(wordsOf).map(singular))
    const counts = new Map<string, number>()
    for (const word of wordsOf(interest)) {
      const isOwn = !foreign.has(singular(word)) && singular(word) !== singular(name)
      if (isOwn) counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    const telling = [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word)
    const words = inCommon([], telling).slice(0, 2).join(', ')
    return `${name}: ${words || (items[0]?.title ?? '')}`
  })
}

/** Words of three letters or more, small, in the order of the items. */
function wordsOf({ items }: Pick<Interest, 'items'>): string[] {
  return items.flatMap(({ title }) => title.toLowerCase().match(/\p{L}{3,}/gu) ?? [])
}
