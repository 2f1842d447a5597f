import { CASER } from '../../worker/models/caser'
import { inputsOf } from '../../worker/models/network'
import { drawnRows } from './drawn-rows'
import { answersLoss, type Lesson } from './lesson'
import { networkLearner } from './network-learner'
import { shuffled } from './shuffled'
import { windowRows } from './window-rows'

const DEFAULTS = {
  together: 2,
  length: 5,
  dim: 64,
  filters: 16,
  columns: 4,
  dropout: 0.4,
  negatives: 512,
  batch: 512,
  learningRate: 0.001,
  steps: 250,
  epochs: 4,
  patience: 3,
}

/** Every item of a sequence but its first is the right answer to the few items before it. */
export const caserLesson: Lesson = ({ sequences, items, settings }) => {
  const { items: history, filled } = inputsOf(settings.length!, items)
  const draws = drawnRows(items, settings)
  return {
    inputs: { items: history, filled, targets: { shape: [], type: 'int32', below: items }, ...draws.inputs },
    rows(random) {
      const { count, rows } = windowRows(sequences, settings.length!, (order) => shuffled(order, random))
      return { ...rows, ...draws.rows(count, random) }
    },
    loss(ops, weights, inputs) {
      const states = CASER.states(ops, weights, inputs, settings)
      return answersLoss(CASER, ops, weights, inputs, states, ops.onesLike(inputs.targets!))
    },
  }
}

/** Learns the convolutional model by cross-entropy over sampled items. */
export const caser = networkLearner({ network: CASER, choices: [DEFAULTS], lesson: caserLesson })
