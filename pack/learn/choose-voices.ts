import { choiceQuality } from './choice-quality'
import { type ChoiceSets, withFeatures } from './choice-sets'
import { fitConditionalLogit } from './conditional-logit'

const NOISE_SHARE = 0.5

type Weighing = {
  /** Columns that are always there. */
  readonly always: readonly number[]
  /** [dim] weights before anything is known. */
  readonly usual: Float64Array
  readonly ridge: number
}
type ChooseOptions = Weighing & {
  /** Features to choose from, by their columns. */
  readonly from: readonly number[]
  /** Features that have been chosen. */
  readonly start: readonly number[]
}

/**
 * Forward selection: again and again the feature that helps most is added, for as long as it raises NDCG@10 on choices that the weights were
 * not fitted to by more than half a standard error of that difference: what is more likely to help than not is in.
 * @returns columns: `start`, then in the order in which they were taken.
 */
export function chooseVoices(fit: ChoiceSets, check: ChoiceSets, { from, start, ...weighing }: ChooseOptions): number[] {
  const chosen = [...start]
  let reached = start.length ? qualityOf(fit, check, start, weighing) : new Float64Array(check.asked)
  for (;;) {
    let best: { readonly column: number; readonly quality: Float64Array<ArrayBuffer>; readonly gain: number } | undefined
    for (const column of from) {
      if (chosen.includes(column)) continue
      const quality = qualityOf(fit, check, [...chosen, column], weighing)
      const gain = totalOf(quality) - totalOf(reached)
      if (!best || gain > best.gain) best = { column, quality, gain }
    }
    if (!best || !(best.gain > NOISE_SHARE * noiseOf(best.quality, reached))) return chosen
    chosen.push(best.column)
    reached = best.quality
  }
}

/**
 * Drops what others that came later have made idle: again and again the feature without which NDCG@10 is highest, for as long as it is no
 * lower than with it.
 * @param columns features that have been chosen.
 * @returns those that stay, in their order; at least one.
 */
export function dropIdle(fit: ChoiceSets, check: ChoiceSets, columns: readonly number[], weighing: Weighing): number[] {
  let chosen = [...columns]
  let reached = totalOf(qualityOf(fit, check, chosen, weighing))
  while (chosen.length > 1) {
    const without = chosen.map((column) => chosen.filter((one) => one !== column))
    const totals = without.map((rest) => totalOf(qualityOf(fit, check, rest, weighing)))
    const best = Math.max(...totals)
    if (best < reached) break
    chosen = without[totals.indexOf(best)]!
    reached = best
  }
  return chosen
}

/** [check.asked] what weights that were fitted to some choices are worth on others. */
function qualityOf(fit: ChoiceSets, check: ChoiceSets, features: readonly number[], { always, usual, ridge }: Weighing) {
  const columns = [...features, ...always]
  const prior = { mean: Float64Array.from(columns, (one) => usual[one]!), ridge }
  const { weights } = fitConditionalLogit(withFeatures(fit, columns), prior)
  return choiceQuality(withFeatures(check, columns), weights)
}

function totalOf(quality: Float64Array): number {
  return quality.reduce((sum, value) => sum + value, 0)
}

/** One standard error of the sum of the differences. */
function noiseOf(after: Float64Array, before: Float64Array): number {
  const squares = after.reduce((sum, value, at) => sum + (value - before[at]!) ** 2, 0)
  return Math.sqrt(squares)
}
