import type { Item, ItemProblem } from '../../src/shared/items'
import { MAX_ITEMS } from '../../src/shared/limits'
import type { CatalogStatus } from '../../src/shared/status'
import { cleanItem } from './clean-item'

/** How often each problem occurred. */
export type ProblemCounts = CatalogStatus['problems']

/** Collects a catalog's entries as they come. */
export interface ItemIntake {
  /** In order of arrival, ids distinct, at most `MAX_ITEMS`. */
  readonly items: readonly Item[]
  /** For each item, its place among all entries that were added. */
  readonly positions: readonly number[]
  readonly problems: ProblemCounts
  /** Cleans and takes entries; of several with one id the first stays. */
  add(entries: readonly unknown[]): void
}

export function createItemIntake(): ItemIntake {
  const items: Item[] = []
  const positions: number[] = []
  const ids = new Set<string>()
  const problems: Partial<Record<ItemProblem, number>> = {}
  let entryCount = 0
  const count = (problem: ItemProblem) => {
    problems[problem] = (problems[problem] ?? 0) + 1
  }
  return {
    items,
    positions,
    problems,
    add(entries) {
      for (const entry of entries) {
        const position = entryCount++
        const item = cleanItem(entry, count)
        if (!item) continue
        if (ids.has(item.id)) count('duplicate-id')
        else if (items.length >= MAX_ITEMS) count('over-capacity')
        else {
          ids.add(item.id)
          items.push(item)
          positions.push(position)
        }
      }
    },
  }
}
