import { GRU } from '../../worker/models/gru'
import { networkLearner } from './network-learner'
import { packedSequences } from './packed-sequences'

const DEFAULTS = {
  together: 2,
  length: 20,
  dim: 64,
  dropout: 0.4,
  negatives: 512,
  batch: 64,
  learningRate: 0.001,
  steps: 250,
  epochs: 6,
  patience: 3,
}

/** Learns the recurrent model by cross-entropy over sampled items, at every position at once. */
export const gru = networkLearner({ network: GRU, choices: [DEFAULTS], lesson: packedSequences(GRU) })
