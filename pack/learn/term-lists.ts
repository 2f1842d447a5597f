import type { TermLists } from '../../worker/models/term-lists'
import { itemTerms, type TermWeights, termParts } from './item-terms'
import type { ItemText } from './learner'

/** Which terms are kept. */
export type TermChoice = TermWeights & {
  /** Items that must have a term, at least 1: what one item alone has likens it to nothing. */
  readonly minItems: number
  /** Share of the items that may have it, 0 to 1: what very many have says little and costs most. */
  readonly maxShare: number
}

/** A weight of 1 in levels: two decimals are kept, and weights up to 2.55. */
const LEVELS = 100
/** However small their share, lists of this length cost nothing: small catalogs keep what they have. */
const SHORT_LIST = 100
/** More terms an item are too many to count in 16 bits. */
const MAX_TERMS = 65_535

/** The terms of all items, numbered by how many items have them (the most first; the first seen first where equal). */
export function termLists(texts: readonly ItemText[], choice: TermChoice): TermLists {
  const items = texts.map((text) => itemTerms(text, choice))
  if (choice.part > 0) addParts(items, choice.part)
  const held = frequencies(items)
  const limit = Math.max(choice.maxShare * texts.length, SHORT_LIST)
  const kept = [...held].filter(([, count]) => count >= choice.minItems && count <= limit).sort(([, a], [, b]) => b - a)
  const numbers = new Map(kept.map(([term], number) => [term, number]))
  const lists = items.map((terms) => numbered(terms, numbers))
  const starts = new Uint32Array(texts.length + 1)
  for (const [item, list] of lists.entries()) starts[item + 1] = starts[item]! + list.length
  const flat = lists.flat()
  return {
    termCount: kept.length,
    starts,
    terms: Uint32Array.from(flat, ([term]) => term),
    levels: Uint8Array.from(flat, ([, level]) => level),
  }
}

function numbered(terms: ReadonlyMap<string, number>, numbers: ReadonlyMap<string, number>): (readonly [number, number])[] {
  const list: [number, number][] = []
  for (const [term, weight] of terms) {
    const number = numbers.get(term)
    if (number !== undefined) list.push([number, Math.max(1, Math.min(255, Math.round(weight * LEVELS)))])
  }
  return list.sort(([a], [b]) => a - b).slice(0, MAX_TERMS)
}

/** Adds the parts of each item's words, as `termParts` finds them among the words of all. */
function addParts(items: readonly Map<string, number>[], weight: number): void {
  const held = frequencies(items)
  const cut = new Map<string, readonly string[]>()
  for (const term of held.keys())
    cut.set(
      term,
      termParts(term, (word) => held.get(word) ?? 0),
    )
  for (const terms of items) {
    for (const [term, whole] of [...terms]) {
      for (const part of cut.get(term)!) {
        const counts = weight * whole
        if (counts > (terms.get(part) ?? 0)) terms.set(part, counts)
      }
    }
  }
}

/** Items that have each term. */
function frequencies(items: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const held = new Map<string, number>()
  for (const terms of items) for (const term of terms.keys()) held.set(term, (held.get(term) ?? 0) + 1)
  return held
}
