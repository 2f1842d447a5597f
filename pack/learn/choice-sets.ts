import type { FeatureRowMaker } from '../../worker/ranking/ranker/feature-rows'
import type { HeldOutCase } from './hold-out'

/** What there was to choose from at each of many moments, and what was chosen. */
export type ChoiceSets = {
  /** Features of each candidate. */
  readonly dim: number
  /** Moments that were looked at, also those where nothing that was chosen was among the candidates: these have no set. */
  readonly asked: number
  /** One a moment, [candidates, dim] row-major. */
  readonly sets: readonly ChoiceSet[]
}
export type ChoiceSet = {
  readonly values: Float32Array
  /** Candidates that were chosen, at least one. */
  readonly taken: readonly number[]
  /** Chosen in all, also what was no candidate. */
  readonly targets: number
  /** See `HeldOutCase`. */
  readonly visitor?: number
}

type CollectOptions = {
  readonly excludesSeen: boolean
  /** Stops when so many sets are found. */
  readonly mostSets: number
}

/** Asks for the candidates of each case. @param cases looked at in their order. */
export async function collectChoices(
  maker: FeatureRowMaker,
  cases: readonly HeldOutCase[],
  { excludesSeen, mostSets }: CollectOptions,
): Promise<ChoiceSets> {
  const sets: ChoiceSet[] = []
  let asked = 0
  for (const { visit, targets, visitor } of cases) {
    if (sets.length === mostSets) break
    asked++
    const seen = new Set(excludesSeen ? visit.items : [])
    const { items, values } = await maker.candidates(visit, (item) => seen.has(item))
    const taken: number[] = []
    for (const [row, item] of items.entries()) if (targets.includes(item)) taken.push(row)
    if (taken.length) sets.push({ values, taken, targets: targets.length, ...(visitor !== undefined && { visitor }) })
  }
  return { dim: maker.dim, asked, sets }
}

/** The same choices with some of the features only. */
export function withFeatures({ dim, asked, sets }: ChoiceSets, features: readonly number[]): ChoiceSets {
  const width = features.length
  return {
    dim: width,
    asked,
    sets: sets.map(({ values, ...set }) => {
      const count = values.length / dim
      const chosen = new Float32Array(count * width)
      for (let row = 0; row < count; row++) for (let at = 0; at < width; at++) chosen[row * width + at] = values[row * dim + features[at]!]!
      return { ...set, values: chosen }
    }),
  }
}

/** All sets in one. @param all at least one, of the same features. */
export function joinChoices(all: readonly ChoiceSets[]): ChoiceSets {
  return { dim: all[0]!.dim, asked: all.reduce((sum, { asked }) => sum + asked, 0), sets: all.flatMap(({ sets }) => sets) }
}
