import type { ModelPart } from '../../models/model-part'
import { PartReader } from '../../models/part-reader'
import { featuresOfBlend } from '../ranker/blend'
import { readNote } from './shown'

/** What the choices made on this device taught the ranker, one number a feature. */
export type RankerUpdate = {
  /** As the weights of the blend are named. */
  readonly names: readonly string[]
  /** [names.length] the weights that are believed now less those of the pack; 0 where nothing was learned. */
  readonly update: Float64Array
}

/**
 * How far the ranker moved from where the pack put it. No model has to be open for it.
 * @param kept the ranker's note as the store gives it; of another pack's prior, damaged, or none: nothing was learned.
 * @param part of model `blend`.
 * @param prior the name of its file.
 * @throws SottoError `pack-invalid` where the part has not as many weights as features.
 */
export function rankerUpdate(kept: unknown, part: ModelPart, prior: string): RankerUpdate {
  const names = featuresOfBlend(part)
  const weights = new PartReader(part).tensor('weights', [Float32Array], names.length)
  const note = readNote(kept, prior, names.length)
  return { names, update: Float64Array.from(weights, (weight, at) => (note ? note.belief.mean[at]! - weight : 0)) }
}
