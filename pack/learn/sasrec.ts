import { SASREC } from '../../worker/models/sasrec'
import { networkLearner } from './network-learner'
import { packedSequences } from './packed-sequences'

const DEFAULTS = {
  length: 20,
  dim: 64,
  heads: 2,
  blocks: 2,
  dropout: 0.4,
  negatives: 512,
  batch: 128,
  learningRate: 0.001,
  epochs: 80,
  patience: 6,
}

/** Learns the self-attention model by cross-entropy over sampled items (Klenitskiy, Vasilev, 2023), at every position at once. */
export const sasrec = networkLearner({ network: SASREC, choices: [DEFAULTS], lesson: packedSequences(SASREC) })
