import type { ModelPart, Settings } from '../../worker/models/model-part'
import { OWN_FEATURES } from '../../worker/ranking/ranker/feature-rows'
import type { ChoiceSets } from './choice-sets'
import type { FittedLogit } from './conditional-logit'

/** What the pack learned weighs as much on a device as so many choices of its own visitor: firm, yet open to be corrected. */
const PRIOR_CHOICES = 200
/** How surely the share that is taken of what is shown is known, as a precision: it differs from site to site and slot to slot. */
const BIAS_PRECISION = 0.25
/** As many are shown. */
const SHOWN = 10
const BIAS = OWN_FEATURES.indexOf('bias')

type RankerPartOptions = {
  /** Precision of each weight before anything was known. */
  readonly ridge: number
  /** Written into the part as they are. */
  readonly settings: Settings
}

/**
 * The prior of a `BayesianRanker`: the fitted weights, sure as far as the choices curve the likelihood, scaled to those of one visitor. The
 * bias, on which choices among candidates say nothing, makes the first ten rows of a set be taken as often as they were.
 */
export function rankerPart({ weights, information }: FittedLogit, choices: ChoiceSets, { ridge, settings }: RankerPartOptions): ModelPart {
  const { dim } = choices
  const scale = PRIOR_CHOICES / Math.max(PRIOR_CHOICES, choices.sets.length)
  const precision = Float32Array.from(information, (value) => value * scale)
  for (let at = 0; at < dim; at++) precision[at * dim + at]! += ridge
  const bias = dim - OWN_FEATURES.length + BIAS
  precision[bias * dim + bias] = BIAS_PRECISION
  const mean = Float32Array.from(weights)
  mean[bias] = findBias(choices, weights)
  return {
    model: 'blend',
    settings,
    tensors: { weights: { shape: [dim], data: mean }, precision: { shape: [dim, dim], data: precision } },
  }
}

/** The constant at which the chances of what would be shown add up to what was taken of it. */
function findBias({ dim, asked, sets }: ChoiceSets, weights: Float64Array): number {
  const shown: number[] = []
  let taken = 0
  for (const set of sets) {
    const odds = Float64Array.from({ length: set.values.length / dim }, (_, row) => {
      let sum = 0
      for (let at = 0; at < dim; at++) sum += weights[at]! * set.values[row * dim + at]!
      return sum
    })
    const floor = odds.slice().sort().at(-Math.min(SHOWN, odds.length))!
    for (const one of odds) if (one >= floor) shown.push(one)
    taken += set.taken.filter((row) => odds[row]! >= floor).length
  }
  // As if one more were shown and half taken, so that neither none nor all is believed for ever.
  const share = (taken + 0.5) / (SHOWN * asked + 1)
  let low = -50
  let high = 50
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    const mean = shown.length
      ? shown.reduce((sum, one) => sum + 1 / (1 + Math.exp(-one - middle)), 0) / shown.length
      : 1 / (1 + Math.exp(-middle))
    if (mean < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
