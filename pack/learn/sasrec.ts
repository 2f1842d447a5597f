import { SASREC } from '../../worker/models/sasrec'
import { networkLearner } from './network-learner'
import { packedSequences } from './packed-sequences'

const DEFAULTS = {
  together: 2,
  length: 20,
  dim: 64,
  heads: 1,
  blocks: 1,
  dropout: 0.4,
  negatives: 512,
  batch: 64,
  learningRate: 0.0015,
  steps: 250,
  epochs: 16,
  patience: 3,
}

/** Learns the self-attention model by cross-entropy over sampled items (Klenitskiy, Vasilev, 2023), at every position at once. */
export const sasrec = networkLearner({ network: SASREC, choices: [DEFAULTS], lesson: packedSequences(SASREC) })
