import { factorCholesky, solveCholesky } from '../../models/cholesky'

/** What is believed of the weights: a Gaussian. */
export type Belief = {
  /** [dim] */
  readonly mean: Float64Array
  /** [dim, dim] inverse of the covariance, symmetric positive definite. */
  readonly precision: Float64Array
}

/** Newton's steps find the summit to machine precision in fewer; each may be halved when it overshoots. */
const MAX_STEPS = 30
const MAX_HALVINGS = 20
const TOLERANCE = 1e-8

/**
 * Logistic regression with a Gaussian belief of its weights, which every outcome sharpens: what was believed before is the prior, the belief
 * after is Laplace's approximation, a Gaussian at the summit of the posterior with its curvature.
 * Sources: Bishop, Pattern Recognition and Machine Learning (2006), sections 4.4 and 4.5.1; online as in Chapelle and Li (NIPS 2011),
 * algorithm 3, but with the full matrix where theirs has the diagonal.
 */
export class BayesianRanker {
  #mean: Float64Array
  #precision: Float64Array

  constructor(belief: Belief) {
    this.#mean = belief.mean.slice()
    this.#precision = belief.precision.slice()
  }

  get dim(): number {
    return this.#mean.length
  }

  /** A copy, to be kept and opened again. */
  get belief(): Belief {
    return { mean: this.#mean.slice(), precision: this.#precision.slice() }
  }

  /** Takes on another belief of as many weights. */
  believe({ mean, precision }: Belief): void {
    this.#mean = mean.slice()
    this.#precision = precision.slice()
  }

  /** Log-odds at the mean weights. @param rows [count, dim] row-major. @param out [count] overwritten. */
  score(rows: Float32Array, out: Float64Array): void {
    const { dim } = this
    for (let row = 0; row < out.length; row++) out[row] = dot(this.#mean, rows, row * dim)
  }

  /** Standard deviation of each weight. */
  deviations(): Float64Array {
    const { dim } = this
    const lower = this.#precision.slice()
    factorCholesky(lower, dim)
    return Float64Array.from({ length: dim }, (_, at) => {
      const unit = new Float64Array(dim)
      unit[at] = 1
      solveCholesky(lower, dim, unit)
      return Math.sqrt(unit[at]!)
    })
  }

  /**
   * Learns from what came of what was shown.
   * @param rows [count, dim] row-major, finite; not kept. May be empty.
   * @param outcomes [count] 0: passed over, 1: taken; between them a share of that.
   * @param importance [count] how much each counts, at least 0. Default 1 each.
   */
  update(rows: Float32Array, outcomes: ArrayLike<number>, importance?: ArrayLike<number>): void {
    const { dim } = this
    const prior = this.belief
    let weights = prior.mean
    let loss = this.#loss(prior, weights, rows, outcomes, importance)
    for (let step = 0; step < MAX_STEPS; step++) {
      const { gradient, curvature } = slopes(prior, weights, rows, outcomes, importance)
      const lower = curvature.slice()
      // The prior keeps it positive definite.
      factorCholesky(lower, dim)
      solveCholesky(lower, dim, gradient)
      let share = 1
      let next = moved(weights, gradient, share)
      let nextLoss = this.#loss(prior, next, rows, outcomes, importance)
      for (let halving = 0; halving < MAX_HALVINGS && !(nextLoss <= loss); halving++) {
        share /= 2
        next = moved(weights, gradient, share)
        nextLoss = this.#loss(prior, next, rows, outcomes, importance)
      }
      if (!(nextLoss <= loss)) break
      const isDone = loss - nextLoss <= TOLERANCE * (1 + Math.abs(loss))
      weights = next
      loss = nextLoss
      if (isDone) break
    }
    this.#mean = weights
    this.#precision = slopes(prior, weights, rows, outcomes, importance).curvature
  }

  /** The negative logarithm of the posterior, up to a constant. */
  #loss(prior: Belief, weights: Float64Array, rows: Float32Array, outcomes: ArrayLike<number>, importance?: ArrayLike<number>): number {
    const { dim } = this
    const away = weights.map((weight, at) => weight - prior.mean[at]!)
    let loss = 0
    for (let a = 0; a < dim; a++) for (let b = 0; b < dim; b++) loss += (away[a]! * prior.precision[a * dim + b]! * away[b]!) / 2
    for (let row = 0; row < outcomes.length; row++) {
      const odds = dot(weights, rows, row * dim)
      // log(1 + exp(odds)), which does not overflow.
      const soft = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))
      loss += (importance?.[row] ?? 1) * (soft - outcomes[row]! * odds)
    }
    return loss
  }
}

/** First and second derivatives of that loss (Bishop 4.142 and 4.143). */
function slopes(prior: Belief, weights: Float64Array, rows: Float32Array, outcomes: ArrayLike<number>, importance?: ArrayLike<number>) {
  const dim = weights.length
  const gradient = new Float64Array(dim)
  const curvature = prior.precision.slice()
  for (let a = 0; a < dim; a++) for (let b = 0; b < dim; b++) gradient[a]! += prior.precision[a * dim + b]! * (weights[b]! - prior.mean[b]!)
  for (let row = 0; row < outcomes.length; row++) {
    const from = row * dim
    const share = importance?.[row] ?? 1
    const chance = 1 / (1 + Math.exp(-dot(weights, rows, from)))
    const slope = share * (chance - outcomes[row]!)
    const bend = share * chance * (1 - chance)
    for (let a = 0; a < dim; a++) {
      const value = rows[from + a]!
      if (value === 0) continue
      gradient[a]! += slope * value
      for (let b = 0; b < dim; b++) curvature[a * dim + b]! += bend * value * rows[from + b]!
    }
  }
  return { gradient, curvature }
}

function moved(weights: Float64Array, direction: Float64Array, share: number): Float64Array {
  return weights.map((weight, at) => weight - share * direction[at]!)
}

function dot(weights: Float64Array, rows: Float32Array, from: number): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * rows[from + at]!
  return sum
}
