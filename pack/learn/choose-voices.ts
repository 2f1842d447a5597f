import { choiceQuality } from './choice-quality'
import type { ChoiceSets } from './choice-sets'
import { withFeatures } from './choice-sets'
import { fitConditionalLogit } from './conditional-logit'

const NOISE_SHARE = 0.5

type ChooseOptions = {
  /** Features to choose from, by their columns. */
  readonly from: readonly number[]
  /** Features that have been chosen. */
  readonly start: readonly number[]
  /** Columns that are always there. */
  readonly always: readonly number[]
  /** [dim] weights before anything is known. */
  readonly usual: Float64Array
  readonly ridge: number
}

/**
 * Forward selection: again and again the feature that helps most is added, for as long as it raises NDCG@10 on choices that the weights were
 * not fitted to by more than half a standard error of that difference: what is more likely to help than not is in.
 * @returns columns: `start`, then in the order in which they were taken.
 */
export function chooseVoices(fit: ChoiceSets, check: ChoiceSets, { from, start, always, usual, ridge }: ChooseOptions): number[] {
  const chosen = [...start]
  const qualityOf = (columns: readonly number[]) => {
    const prior = { mean: Float64Array.from(columns, (one) => usual[one]!), ridge }
    const { weights } = fitConditionalLogit(withFeatures(fit, columns), prior)
    return choiceQuality(withFeatures(check, columns), weights)
  }
  let reached = start.length ? qualityOf([...start, ...always]) : new Float64Array(check.asked)
  for (;;) {
    let best: { readonly column: number; readonly quality: Float64Array<ArrayBuffer>; readonly gain: number } | undefined
    for (const column of from) {
      if (chosen.includes(column)) continue
      const quality = qualityOf([...chosen, column, ...always])
      const gain = quality.reduce((sum, value, at) => sum + value - reached[at]!, 0)
      if (!best || gain > best.gain) best = { column, quality, gain }
    }
    if (!best || !(best.gain > NOISE_SHARE * noiseOf(best.quality, reached))) return chosen
    chosen.push(best.column)
    reached = best.quality
  }
}

/** One standard error of the sum of the differences. */
function noiseOf(after: Float64Array, before: Float64Array): number {
  const squares = after.reduce((sum, value, at) => sum + (value - before[at]!) ** 2, 0)
  return Math.sqrt(squares)
}
