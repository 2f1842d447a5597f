import type { Evaluation } from '../../pack/evaluate/evaluation'
import type { KnownData } from './known-data'
import type { PackFound } from './pack-weight'

/** What was measured on a data set. */
export type FoundQuality = {
  readonly data: KnownData
  /** At least one; the first with the least support, in which each model is. Further ones are of other supports. */
  readonly evaluations: readonly Evaluation[]
  /** Where a pack was made of it. */
  readonly pack?: PackFound
}
