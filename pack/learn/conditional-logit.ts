import { factorCholesky, solveCholesky } from '../../worker/models/cholesky'
import type { ChoiceSets } from './choice-sets'

/** A Gaussian that weights come from: independent, each of precision `ridge`. */
type Prior = { readonly mean: Float64Array; readonly ridge: number }

const MAX_STEPS = 30
const MAX_HALVINGS = 20
/** Of the loss: below it nothing changes in a ranking. */
const TOLERANCE = 1e-6

export type FittedLogit = {
  /** [dim] at the summit of the posterior. */
  readonly weights: Float64Array
  /** [dim, dim] curvature of the log-likelihood there, without the prior's. */
  readonly information: Float64Array
}

/**
 * Fits a conditional logistic regression: the chance of a candidate is exp(w x) over the sum of all candidates of its set. What all
 * candidates of a set share has no say. Several that were taken from one set share its weight.
 * Source: McFadden, Conditional logit analysis of qualitative choice behavior (1974); as a loss for ranking it is ListNet's top-one
 * (Cao et al., ICML 2007). Newton's method with halved steps: the loss is convex.
 */
export function fitConditionalLogit(choices: ChoiceSets, prior: Prior): FittedLogit {
  const { dim } = choices
  let weights = prior.mean.slice()
  let state = derive(choices, prior, weights)
  for (let step = 0; step < MAX_STEPS; step++) {
    const lower = state.information.slice()
    for (let at = 0; at < dim; at++) lower[at * dim + at]! += prior.ridge
    factorCholesky(lower, dim)
    const direction = state.gradient.slice()
    solveCholesky(lower, dim, direction)
    const before = state.loss
    let share = 1
    for (let halving = 0; halving < MAX_HALVINGS; halving++, share /= 2) {
      const next = weights.map((weight, at) => weight - share * direction[at]!)
      const nextState = derive(choices, prior, next)
      if (!(nextState.loss <= before)) continue
      weights = next
      state = nextState
      break
    }
    if (!(before - state.loss > TOLERANCE * before)) break
  }
  return { weights, information: state.information }
}

/** The loss at some weights, its gradient, and the curvature of its likelihood. */
function derive({ dim, sets }: ChoiceSets, prior: Prior, weights: Float64Array) {
  const gradient = weights.map((weight, at) => prior.ridge * (weight - prior.mean[at]!))
  const information = new Float64Array(dim * dim)
  let loss = weights.reduce((sum, weight, at) => sum + (prior.ridge * (weight - prior.mean[at]!) ** 2) / 2, 0)
  const mean = new Float64Array(dim)
  const away = new Float64Array(dim)
  for (const { values, taken } of sets) {
    const chances = new Float64Array(values.length / dim)
    const total = chancesOf(values, weights, chances)
    mean.fill(0)
    for (let row = 0; row < chances.length; row++) for (let at = 0; at < dim; at++) mean[at]! += chances[row]! * values[row * dim + at]!
    for (let row = 0; row < chances.length; row++) {
      const chance = chances[row]!
      // So little bends nothing.
      if (chance < 1e-6) continue
      for (let at = 0; at < dim; at++) away[at] = values[row * dim + at]! - mean[at]!
      for (let a = 0; a < dim; a++) {
        const factor = chance * away[a]!
        if (factor !== 0) for (let b = 0; b <= a; b++) information[a * dim + b]! += factor * away[b]!
      }
    }
    for (const row of taken) {
      loss -= Math.log(Math.max(chances[row]!, Number.MIN_VALUE)) / taken.length
      for (let at = 0; at < dim; at++) gradient[at]! += (mean[at]! - values[row * dim + at]!) / taken.length
    }
    if (!Number.isFinite(total)) loss = Number.POSITIVE_INFINITY
  }
  for (let a = 0; a < dim; a++) for (let b = a + 1; b < dim; b++) information[a * dim + b] = information[b * dim + a]!
  return { loss, gradient, information }
}

/** Writes the chance of each candidate into `out`, which then sums to 1. @returns the sum before, relative to the greatest. */
function chancesOf(values: Float32Array, weights: Float64Array, out: Float64Array): number {
  const dim = weights.length
  let top = Number.NEGATIVE_INFINITY
  for (let row = 0; row < out.length; row++) {
    let odds = 0
    for (let at = 0; at < dim; at++) odds += weights[at]! * values[row * dim + at]!
    out[row] = odds
    if (odds > top) top = odds
  }
  let total = 0
  for (let row = 0; row < out.length; row++) total += out[row] = Math.exp(out[row]! - top)
  for (let row = 0; row < out.length; row++) out[row]! /= total
  return total
}
