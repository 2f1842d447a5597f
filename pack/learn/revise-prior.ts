import type { ModelPart } from '../../worker/models/model-part'
import { featuresOfBlend } from '../../worker/ranking/ranker/blend'
import { choiceQuality } from './choice-quality'
import type { ChoiceSets } from './choice-sets'
import { visitorCount } from './enough-visitors'

/** A way for the ranker's prior to go. Weights of features, [dim] each. */
export type Proposal = {
  /** Which way visitors' choices moved it. */
  readonly moves: Float64Array
  /** How far an earlier pack had moved it from what its orders said: devices moved on from there. */
  readonly kept: Float64Array
}

/** What came of it. */
export type Revision = {
  readonly isTaken: boolean
  /** [dim] how far the prior moves; zeros where nothing is taken. */
  readonly offset: Float64Array
  /** What did best on the first half: what was kept, and so many times the moves; absent where nothing did better than staying. */
  readonly tried?: number
  /** Of the second half: NDCG@10 with the old prior, what the one that was tried adds, and one standard error of that. */
  readonly before: number
  readonly gain: number
  readonly error: number
  /** Visitors in the second half. */
  readonly visitors: number
}

/** Devices move by what a few choices of their own say, so that the way to go is many times as long; how many is not known. */
const STEPS: readonly number[] = [0, 1, 3, 10, 30, 100, 300]
/** Standard errors that an improvement must be above 0. */
const CLEARLY = 2

/**
 * Decides by held-out choices whether a prior moves: how far is chosen on one half of the visitors, and it is taken only if it improves NDCG@10 on
 * the other half by more than two standard errors.
 * @param check choices that `weights` were not fitted to.
 * @param weights [dim] what the orders say.
 */
export function revisePrior(check: ChoiceSets, weights: Float64Array, { moves, kept }: Proposal): Revision {
  const [first, second] = halves(check)
  const totalOf = (offset: Float64Array) => choiceQuality(first, plus(weights, offset)).reduce((sum, one) => sum + one, 0)
  let offset = new Float64Array(weights.length)
  let reached = totalOf(offset)
  let tried: number | undefined
  for (const step of STEPS) {
    const candidate = kept.map((start, at) => start + step * moves[at]!)
    const total = totalOf(candidate)
    if (!(total > reached)) continue
    reached = total
    offset = candidate
    tried = step
  }
  const before = choiceQuality(second, weights)
  const { gain, error } = gainOf(second, before, choiceQuality(second, plus(weights, offset)))
  const isTaken = gain > CLEARLY * error
  return {
    isTaken,
    offset: isTaken ? offset : new Float64Array(weights.length),
    ...(tried !== undefined && { tried }),
    before: before.reduce((sum, one) => sum + one, 0) / Math.max(1, second.asked),
    gain,
    error,
    visitors: visitorCount(second.sets),
  }
}

/** A ranker's prior that tells how far it was moved from what the orders say: whoever makes the next one goes on from there. */
export function withOffset(part: ModelPart, offset: Float64Array): ModelPart {
  return { ...part, tensors: { ...part.tensors, offset: { shape: [offset.length], data: Float32Array.from(offset) } } }
}

/** What `withOffset` noted, by the names of features; empty where the prior is as the orders say. @param part of model `blend`. */
export function offsetOf(part: ModelPart): ReadonlyMap<string, number> {
  const offset = part.tensors.offset?.data ?? []
  return new Map(featuresOfBlend(part).flatMap((name, at) => (offset[at] ? [[name, offset[at]]] : [])))
}

/** Weights that are moved. */
export function plus(weights: Float64Array, offset: Float64Array): Float64Array {
  return weights.map((weight, at) => weight + offset[at]!)
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
