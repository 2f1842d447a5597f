import { latentVectors } from './latent-vectors'
import type { Learner } from './learner'
import { quantizedRows } from './quantized-rows'
import { termSettings, terms } from './terms'
import { VECTOR_SETTINGS } from './vector-settings'

const DEFAULTS = { ...VECTOR_SETTINGS, dim: 128, spectrum: 0.5 }

/** Learns dense vectors from the words that items share: needs their texts, no log. */
export const latentTerms: Learner = {
  model: 'latent-terms',
  canLearn: terms.canLearn,
  choices: [DEFAULTS],
  learn({ texts = [], seed, onProgress }, settings) {
    const all = { ...termSettings(settings), ...DEFAULTS, ...settings }
    const { values, dim } = latentVectors(texts, all, seed, onProgress)
    return { model: 'latent-terms', settings: all, tensors: quantizedRows(values, dim) }
  },
}
