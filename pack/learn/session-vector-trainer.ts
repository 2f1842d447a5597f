import { PLACES } from '../../worker/models/session-vectors'
import { RowProducts } from './kernel/row-products'
import { SparseAdam } from './sparse-adam'

/** Items drawn whose score lies this far below the highest are passed over: most are, and would cost most of the time. A share of 1e-4 at most. */
const FAR_BELOW = 9.2
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
  /** Examples a step at most. */
  readonly batchSize: number
  /** Items drawn for all examples of a step to be told from; a multiple of 4. */
  readonly drawnCount: number
  readonly random: () => number
}

/** What is to be learned: the target of an example is at its place of `items`, its visit is before it, from `from` on. */
export type Examples = {
  readonly items: Int32Array
  /** [examples] */
  readonly from: Int32Array
  /** [examples] */
  readonly places: Int32Array
}

/**
 * Trains one vector an item and one weight a place, so that the weighted mean of a visit's vectors points to the item that came next: softmax over
 * cosines with the target and items drawn at random, less the logarithm of how often each is drawn (sampled softmax).
 * Source: the encoder of CORE (Hou et al., SIGIR 2022), sections 3.2 to 3.4, with weights by place instead of a transformer or equal ones; the correction
 * from Bengio and Senécal (IEEE Trans. Neural Networks, 2008).
 */
export class SessionVectorTrainer {
  readonly vectors: SparseAdam
  /** Logarithms of the weights, by steps back. */
  readonly places: SparseAdam
  /** Visits' and drawn items' unit vectors. */
  readonly #rows: RowProducts
  /** [batchSize, PLACES] share of each place in its visit. */
  readonly #shares: Float32Array
  /** One over the lengths of the visits' means and of the drawn items' vectors. */
  readonly #visitNorms: Float32Array
  readonly #drawnNorms: Float32Array
  readonly #drawnLogOdds: Float32Array

  constructor(readonly options: TrainerOptions) {
    const { itemCount, dim, batchSize, drawnCount, random } = options
    const vectors = new Float32Array(itemCount * dim)
    for (let at = 0; at < vectors.length; at++) vectors[at] = ((random() - 0.5) * 2) / Math.sqrt(dim)
    this.vectors = new SparseAdam(vectors, dim)
    this.places = new SparseAdam(
      new Float32Array(PLACES).map((_, back) => -0.3 * back),
      PLACES,
    )
    this.#rows = new RowProducts(batchSize, drawnCount, dim)
    this.#shares = new Float32Array(batchSize * PLACES)
    this.#visitNorms = new Float32Array(batchSize)
    this.#drawnNorms = new Float32Array(drawnCount)
    this.#drawnLogOdds = new Float32Array(drawnCount)
  }

  /**
   * One step for the `batchSize` examples from `first` on, or as many as there are.
   * @param drawn [drawnCount] items to tell the targets from.
   * @param logOdds [itemCount] logarithm of how often an item is among the drawn, on average.
   * @returns mean loss of the examples before the step.
   */
  step(examples: Examples, first: number, drawn: Int32Array, logOdds: Float32Array, rate: number): number {
    const rows = this.#rows
    const count = Math.min(this.options.batchSize, examples.places.length - first)
    for (const [index, item] of drawn.entries()) {
      this.#drawnNorms[index] = unitRow(this.vectors.values, item, rows.b, index, rows.dim)
      this.#drawnLogOdds[index] = logOdds[item]!
    }
    for (let row = 0; row < count; row++) this.#meanOf(examples, first + row, row)
    rows.multiply(count)
    rows.gradientA.fill(0)
    rows.gradientB.fill(0)
    let loss = 0
    for (let row = 0; row < count; row++) loss += this.#compare(examples.items[examples.places[first + row]!]!, row, drawn, count)
    rows.flowBack(count)
    for (let row = 0; row < count; row++) this.#flowToVisit(examples, first + row, row)
    for (const [index, item] of drawn.entries()) this.#flowToDrawn(item, index)
    this.vectors.step(rate)
    this.places.step(rate * PLACE_RATE)
    return loss / count
  }

  /** The unit vector of an example's visit, after some of its items are left out. */
  #meanOf({ items, from, places }: Examples, example: number, row: number): void {
    const { dropout, random, dim } = this.options
    const { values } = this.vectors
    const place = places[example]!
    const length = Math.min(PLACES, place - from[example]!)
    const shares = this.#shares.subarray(row * PLACES, (row + 1) * PLACES).fill(0)
    let sum = 0
    for (let back = 0; back < length; back++) {
      shares[back] = length > 1 && random() < dropout ? 0 : Math.exp(this.places.values[back]!)
      sum += shares[back]!
    }
    if (sum === 0) sum = shares[0] = 1
    const mean = this.#rows.a.subarray(row * dim, (row + 1) * dim).fill(0)
    for (let back = 0; back < length; back++) {
      if (shares[back] === 0) continue
      shares[back]! /= sum
      const share = shares[back]!
      const at = items[place - 1 - back]! * dim
      for (let k = 0; k < dim; k++) mean[k]! += share * values[at + k]!
    }
    this.#visitNorms[row] = unitRow(mean, 0, mean, 0, dim)
  }

  /** Turns a row of products into slopes, and adds what flows to and from the target. @returns the loss. */
  #compare(target: number, row: number, drawn: Int32Array, count: number): number {
    const { dim, temperature } = this.options
    const { values, gradient } = this.vectors
    const rows = this.#rows
    const visitAt = row * dim
    const targetAt = this.vectors.touch(target)
    const targetNorm = 1 / Math.sqrt(dot(values, targetAt, values, targetAt, dim) + TINY)
    const cosine = dot(rows.a, visitAt, values, targetAt, dim) * targetNorm
    const scores = rows.products.subarray(row * drawn.length, (row + 1) * drawn.length)
    const sharpness = 1 / temperature
    const targetScore = cosine * sharpness
    let highest = targetScore
    for (let index = 0; index < drawn.length; index++) {
      const score = drawn[index] === target ? Number.NEGATIVE_INFINITY : scores[index]! * sharpness - this.#drawnLogOdds[index]!
      scores[index] = score
      if (score > highest) highest = score
    }
    const targetMass = Math.exp(targetScore - highest)
    let mass = targetMass
    for (let index = 0; index < drawn.length; index++) {
      const below = scores[index]! - highest
      if (below < -FAR_BELOW) scores[index] = 0
      else mass += scores[index] = Math.exp(below)
    }
    const scale = sharpness / count
    for (let index = 0; index < drawn.length; index++) scores[index]! *= scale / mass
    const pull = (targetMass / mass - 1) * scale
    for (let k = 0; k < dim; k++) {
      const direction = values[targetAt + k]! * targetNorm
      rows.gradientA[visitAt + k]! += pull * direction
      gradient[targetAt + k]! += pull * (rows.a[visitAt + k]! - cosine * direction) * targetNorm
    }
    return Math.log(mass / targetMass)
  }

  #flowToVisit({ items, places }: Examples, example: number, row: number): void {
    const { dim } = this.options
    const { values, gradient } = this.vectors
    const { a: units, gradientA: slopes } = this.#rows
    const at = row * dim
    const norm = this.#visitNorms[row]!
    const along = dot(slopes, at, units, at, dim)
    for (let k = at; k < at + dim; k++) slopes[k] = (slopes[k]! - along * units[k]!) * norm
    // Shares sum to 1: what all places gain together moves none of them.
    const common = dot(slopes, at, units, at, dim) / norm
    this.places.touch(0)
    for (let back = 0; back < PLACES; back++) {
      const share = this.#shares[row * PLACES + back]!
      if (share === 0) continue
      const itemAt = this.vectors.touch(items[places[example]! - 1 - back]!)
      this.places.gradient[back]! += share * (dot(slopes, at, values, itemAt, dim) - common)
      for (let k = 0; k < dim; k++) gradient[itemAt + k]! += share * slopes[at + k]!
    }
  }

  #flowToDrawn(item: number, index: number): void {
    const { dim } = this.options
    const { b: units, gradientB: slopes } = this.#rows
    const { gradient } = this.vectors
    const norm = this.#drawnNorms[index]!
    const at = index * dim
    const to = this.vectors.touch(item)
    const along = dot(slopes, at, units, at, dim)
    for (let k = 0; k < dim; k++) gradient[to + k]! += (slopes[at + k]! - along * units[at + k]!) * norm
  }
}

/** Writes a row, made one long, as another. They may be the same. @returns one over its length. */
function unitRow(from: Float32Array, row: number, to: Float32Array, toRow: number, dim: number): number {
  const at = row * dim
  const norm = 1 / Math.sqrt(dot(from, at, from, at, dim) + TINY)
  for (let k = 0; k < dim; k++) to[toRow * dim + k] = from[at + k]! * norm
  return norm
}

function dot(a: Float32Array, aAt: number, b: Float32Array, bAt: number, dim: number): number {
  let sum = 0
  for (let k = 0; k < dim; k++) sum += a[aAt + k]! * b[bAt + k]!
  return sum
}
