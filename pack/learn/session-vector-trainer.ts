import { PLACES } from '../../worker/models/session-vectors'
import { SparseAdam } from './sparse-adam'

/** Less of the probability than this is not flowed back: most items drawn are far away, and would cost most of the time. */
const LEAST_SHARE = 1e-5
/** Places learn faster than vectors: there are few of them, and every example touches them. */
const PLACE_RATE = 3
const TINY = 1e-12

export type TrainerOptions = {
  readonly itemCount: number
  /** A multiple of 4. */
  readonly dim: number
  /** A cosine counts 1 / temperature. */
  readonly temperature: number
  /** Share of a visit's items left out of an example, 0 to below 1. */
  readonly dropout: number
  /** Examples a step, and items drawn for all of them to be told from. */
  readonly batchSize: number
  readonly drawnCount: number
  readonly random: () => number
}

/** A step's examples: the target of each is at its `place` of `items`, its visit from `from` on to before it. */
export type Examples = { readonly items: Int32Array; readonly from: Int32Array; readonly places: Int32Array }

/**
 * Trains one vector an item and one weight a place, so that the weighted mean of a visit's vectors points to the item that came next: softmax over
 * cosines with the target and items drawn at random, the logarithm of how often each is to be drawn taken off (sampled softmax).
 * Source: the encoder of CORE (Hou et al., SIGIR 2022), sections 3.2 to 3.4, with weights by place instead of a transformer or equal ones; correction
 * by Bengio and Senécal (2008).
 */
export class SessionVectorTrainer {
  readonly vectors: SparseAdam
  readonly places: SparseAdam
  readonly #visit = new Float32Array(PLACES)
  readonly #visitGradient: Float32Array
  readonly #unit: Float32Array
  readonly #drawn: Float32Array
  readonly #drawnNorms: Float32Array
  readonly #drawnGradient: Float32Array
  readonly #shares: Float32Array

  constructor(readonly options: TrainerOptions) {
    const { itemCount, dim, drawnCount, random } = options
    const start = () => ((random() - 0.5) * 2) / Math.sqrt(dim)
    this.vectors = new SparseAdam(Float32Array.from({ length: itemCount * dim }, start), dim)
    this.places = new SparseAdam(
      Float32Array.from({ length: PLACES }, (_, back) => -0.3 * back),
      PLACES,
    )
    this.#visitGradient = new Float32Array(dim)
    this.#unit = new Float32Array(dim)
    this.#drawn = new Float32Array(drawnCount * dim)
    this.#drawnNorms = new Float32Array(drawnCount)
    this.#drawnGradient = new Float32Array(drawnCount * dim)
    this.#shares = new Float32Array(drawnCount)
  }

  /**
   * One step for the examples from `first` on.
   * @param drawn [drawnCount] items to tell the targets from.
   * @param logOdds [itemCount] logarithm of how often an item is among the drawn, on average.
   * @returns mean loss of the examples before the step.
   */
  step(examples: Examples, first: number, drawn: Int32Array, logOdds: Float32Array, rate: number): number {
    const { batchSize, dim } = this.options
    const { values } = this.vectors
    for (const [index, item] of drawn.entries()) {
      const norm = inverseNorm(values, item * dim, dim)
      this.#drawnNorms[index] = norm
      for (let k = 0; k < dim; k++) this.#drawn[index * dim + k] = values[item * dim + k]! * norm
    }
    this.#drawnGradient.fill(0)
    const end = Math.min(first + batchSize, examples.places.length)
    let loss = 0
    for (let example = first; example < end; example++)
      loss += this.#learn(examples.items, examples.from[example]!, examples.places[example]!, drawn, logOdds, 1 / (end - first))
    for (const [index, item] of drawn.entries())
      addUnitGradient(
        this.#drawnGradient,
        this.#drawn,
        index * dim,
        this.#drawnNorms[index]!,
        this.vectors.gradient,
        this.vectors.touch(item),
        dim,
      )
    this.vectors.step(rate)
    this.places.step(rate * PLACE_RATE)
    return loss / (end - first)
  }

  #learn(items: Int32Array, from: number, place: number, drawn: Int32Array, logOdds: Float32Array, weight: number): number {
    const { dim, temperature } = this.options
    const { values, gradient } = this.vectors
    const length = Math.min(PLACES, place - from)
    this.#weigh(length)
    const unit = this.#unit.fill(0)
    for (let back = 0; back < length; back++) {
      const worth = this.#visit[back]!
      const at = items[place - 1 - back]! * dim
      if (worth > 0) for (let k = 0; k < dim; k++) unit[k]! += worth * values[at + k]!
    }
    const norm = inverseNorm(unit, 0, dim)
    for (let k = 0; k < dim; k++) unit[k]! *= norm

    const target = items[place]!
    const targetNorm = inverseNorm(values, target * dim, dim)
    const targetScore = (dot(unit, 0, values, target * dim, dim) * targetNorm) / temperature
    const shares = this.#shares
    let highest = targetScore
    for (let index = 0; index < drawn.length; index++) {
      const item = drawn[index]!
      const score = item === target ? Number.NEGATIVE_INFINITY : dot(unit, 0, this.#drawn, index * dim, dim) / temperature - logOdds[item]!
      shares[index] = score
      if (score > highest) highest = score
    }
    const targetMass = Math.exp(targetScore - highest)
    let mass = targetMass
    for (let index = 0; index < drawn.length; index++) {
      const each = Math.exp(shares[index]! - highest)
      shares[index] = each
      mass += each
    }

    const slopes = this.#visitGradient.fill(0)
    const scale = weight / temperature
    for (let index = 0; index < drawn.length; index++) {
      const share = shares[index]! / mass
      if (share < LEAST_SHARE) continue
      const slope = share * scale
      for (let k = 0, at = index * dim; k < dim; k++, at++) {
        slopes[k]! += slope * this.#drawn[at]!
        this.#drawnGradient[at]! += slope * unit[k]!
      }
    }
    const pull = (targetMass / mass - 1) * scale
    const targetAt = this.vectors.touch(target)
    const cosine = targetScore * temperature
    for (let k = 0; k < dim; k++) {
      const direction = values[targetAt + k]! * targetNorm
      slopes[k]! += pull * direction
      gradient[targetAt + k]! += pull * (unit[k]! - cosine * direction) * targetNorm
    }
    this.#flowBack(items, place, length, norm)
    return Math.log(mass / targetMass)
  }

  /** Shares of the places of a visit that are not left out, 0 for the others; they sum to 1. */
  #weigh(length: number): void {
    const { dropout, random } = this.options
    const visit = this.#visit
    let sum = 0
    for (let back = 0; back < length; back++) {
      visit[back] = length > 1 && random() < dropout ? 0 : Math.exp(this.places.values[back]!)
      sum += visit[back]!
    }
    if (sum === 0) {
      visit[0] = 1
      sum = 1
    }
    for (let back = 0; back < length; back++) visit[back]! /= sum
  }

  #flowBack(items: Int32Array, place: number, length: number, norm: number): void {
    const { dim } = this.options
    const { values, gradient } = this.vectors
    const slopes = this.#visitGradient
    const unit = this.#unit
    const along = dot(slopes, 0, unit, 0, dim)
    for (let k = 0; k < dim; k++) slopes[k] = (slopes[k]! - along * unit[k]!) * norm
    this.places.touch(0)
    // Unit is the mean over its length: what the mean itself would gain is taken off each place.
    const mean = dot(slopes, 0, unit, 0, dim) / norm
    for (let back = 0; back < length; back++) {
      const worth = this.#visit[back]!
      if (worth === 0) continue
      const at = this.vectors.touch(items[place - 1 - back]!)
      this.places.gradient[back]! += worth * (dot(slopes, 0, values, at, dim) - mean)
      for (let k = 0; k < dim; k++) gradient[at + k]! += worth * slopes[k]!
    }
  }
}

/** Flows the gradient of a unit vector back to the vector that it was made of. */
function addUnitGradient(
  from: Float32Array,
  unit: Float32Array,
  at: number,
  norm: number,
  to: Float32Array,
  toAt: number,
  dim: number,
): void {
  const along = dot(from, at, unit, at, dim)
  for (let k = 0; k < dim; k++) to[toAt + k]! += (from[at + k]! - along * unit[at + k]!) * norm
}

function inverseNorm(values: Float32Array, at: number, dim: number): number {
  return 1 / Math.sqrt(dot(values, at, values, at, dim) + TINY)
}

/** Four sums side by side, so that no addition waits for the one before. */
function dot(a: Float32Array, aAt: number, b: Float32Array, bAt: number, dim: number): number {
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  for (let k = 0; k < dim; k += 4) {
    sum0 += a[aAt + k]! * b[bAt + k]!
    sum1 += a[aAt + k + 1]! * b[bAt + k + 1]!
    sum2 += a[aAt + k + 2]! * b[bAt + k + 2]!
    sum3 += a[aAt + k + 3]! * b[bAt + k + 3]!
  }
  return sum0 + sum1 + sum2 + sum3
}
