import type { ExportedRanker } from '../../../src/shared/status'
import type { RankerNote } from './shown'

/** What is kept of the ranker, for the visitor to take along; `undefined` where nothing is. @param kept as the store gives it. */
export function exportRanker(kept: unknown): ExportedRanker | undefined {
  const { prior = '', belief, shown = [] } = Object(kept) as Partial<RankerNote> // written by this version or one before: told as it is
  if (!belief) return undefined
  return { prior, weights: [...belief.mean], shown: shown.map(({ slot, time, ids }) => ({ slot, time, items: ids })) }
}
