import { MULT_VAE, visitCode } from '../../worker/models/mult-vae'
import { inputsOf } from '../../worker/models/network'
import { drawnRows } from './drawn-rows'
import { answersLoss, type Lesson } from './lesson'
import { networkLearner } from './network-learner'
import { setRows } from './set-rows'

const DEFAULTS = {
  together: 2,
  length: 20,
  dim: 64,
  dropout: 0.5,
  divergence: 0.2,
  negatives: 512,
  batch: 128,
  learningRate: 0.001,
  steps: 250,
  epochs: 6,
  patience: 3,
}

/** The items of a visit are the right answers to themselves, some of them hidden. */
export const multVaeLesson: Lesson = ({ sequences, items, settings }) => {
  const { items: history, filled } = inputsOf(settings.length!, items)
  const draws = drawnRows(items, settings)
  return {
    inputs: { items: history, filled, targets: history, ...draws.inputs },
    rows(random) {
      const { count, rows } = setRows(sequences, settings.length!, random)
      return { ...rows, ...draws.rows(count, random) }
    },
    loss(ops, weights, inputs) {
      const { centre, spread, sample } = visitCode(ops, weights, inputs, settings)
      const likelihood = answersLoss(MULT_VAE, ops, weights, inputs, sample, inputs.filled!)
      // In all, from the standard normal distribution; then for each answer, as the likelihood is.
      const divergence = ops.mul(0.5, ops.sum(ops.sub(ops.add(ops.exp(spread), ops.square(centre)), ops.add(spread, 1))))
      return ops.add(likelihood, ops.mul(settings.divergence!, ops.div(divergence, ops.sum(inputs.filled!))))
    },
  }
}

/** Learns the autoencoder by its evidence lower bound (Liang et al., 2018, eq. 7), over sampled items. */
export const multVae = networkLearner({ network: MULT_VAE, choices: [DEFAULTS], lesson: multVaeLesson })
