import { choiceQuality } from './choice-quality'
import type { ChoiceSets } from './choice-sets'
import { visitorCount } from './enough-visitors'

/** What came of a proposal to move the ranker's prior. */
export type Revision = {
  /** The prior moves by so many times the proposal. 0: it stays, since no step improves the first half, or the second does not confirm it. */
  readonly step: number
  /** The step that did best on the first half; 0: none did better than staying. */
  readonly tried: number
  /** Of the second half: NDCG@10 with the old prior, what the step that was tried adds, and one standard error of that. */
  readonly before: number
  readonly gain: number
  readonly error: number
  /** Visitors in the second half. */
  readonly visitors: number
}

/** Devices move by what a few choices of their own say, so that the way to go is many times as long; how many is not known. */
const STEPS: readonly number[] = [1, 3, 10, 30, 100, 300]
/** Standard errors that an improvement must be above 0. */
const CLEARLY = 2

/**
 * Decides by held-out choices whether a prior moves: the step is chosen on one half of the visitors, and taken only if it improves NDCG@10 on the
 * other half by more than two standard errors.
 * @param check choices that `weights` were not fitted to.
 * @param weights [dim] the old prior.
 * @param moves [dim] the proposal.
 */
export function revisePrior(check: ChoiceSets, weights: Float64Array, moves: Float64Array): Revision {
  const [first, second] = halves(check)
  const totalAt = (step: number) => choiceQuality(first, movedBy(weights, moves, step)).reduce((sum, one) => sum + one, 0)
  let tried = 0
  let reached = totalAt(0)
  for (const step of STEPS) {
    const total = totalAt(step)
    if (!(total > reached)) continue
    reached = total
    tried = step
  }
  const before = choiceQuality(second, weights)
  const after = choiceQuality(second, movedBy(weights, moves, tried))
  const { gain, error } = gainOf(second, before, after)
  const mean = before.reduce((sum, one) => sum + one, 0) / Math.max(1, second.asked)
  return { step: gain > CLEARLY * error ? tried : 0, tried, before: mean, gain, error, visitors: visitorCount(second.sets) }
}

/** Of the mean over moments; the choices of one visitor are not independent, so that the error is one of visitors. */
function gainOf({ asked, sets }: ChoiceSets, before: Float64Array, after: Float64Array): Pick<Revision, 'gain' | 'error'> {
  const gain = after.reduce((sum, one, at) => sum + one - before[at]!, 0) / Math.max(1, asked)
  const away = new Map<number, number>()
  for (const [at, { visitor = -1 - at }] of sets.entries()) {
    away.set(visitor, (away.get(visitor) ?? 0) + after[at]! - before[at]! - gain)
  }
  const squares = [...away.values()].reduce((sum, one) => sum + one ** 2, (asked - sets.length) * gain ** 2)
  return { gain, error: Math.sqrt(squares) / Math.max(1, asked) }
}

/** Weights moved by so many times the proposal. */
export function movedBy(weights: Float64Array, moves: Float64Array, step: number): Float64Array {
  return weights.map((weight, at) => weight + step * moves[at]!)
}

/** Whole visitors each; moments that have no set are shared alike. */
function halves({ dim, asked, sets }: ChoiceSets): [ChoiceSets, ChoiceSets] {
  const numbers = new Map<number, number>()
  let next = 0
  const isSecond = sets.map(({ visitor }) => {
    const number = (visitor === undefined ? undefined : numbers.get(visitor)) ?? next++
    if (visitor !== undefined) numbers.set(visitor, number)
    return number % 2 === 1
  })
  const without = asked - sets.length
  const half = (wanted: boolean, rest: number): ChoiceSets => {
    const own = sets.filter((_, at) => isSecond[at] === wanted)
    return { dim, asked: own.length + rest, sets: own }
  }
  return [half(false, Math.ceil(without / 2)), half(true, Math.floor(without / 2))]
}
