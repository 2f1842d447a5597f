import type { Learner } from './learner'
import { quantizedRows } from './quantized-rows'
import { VECTOR_SETTINGS } from './vector-settings'

/**
 * Vectors of the site's own or of the text encoder as a model. The part holds the rows as the core of a pack has them; a pack keeps them
 * once: it may leave the tensors out, and whoever opens the part puts in `vectors` and `scales` of the catalog.
 */
export const embedding: Learner = {
  model: 'embedding',
  canLearn: ({ vectors }) => !!vectors?.values.length,
  choices: [VECTOR_SETTINGS, { ...VECTOR_SETTINGS, interests: 1, sharpness: 1 }],
  learn({ vectors = { values: new Float32Array(), dim: 0 } }, settings) {
    return { model: 'embedding', settings: { ...VECTOR_SETTINGS, ...settings }, tensors: quantizedRows(vectors.values, vectors.dim) }
  },
}
