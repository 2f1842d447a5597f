import { SottoError } from '../../src/shared/errors'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelPart } from './model-part'
import type { Recommender } from './recommender'

/** Opens one kind of model; see `openModel`. */
export type Opener = (part: ModelPart, tensors: TensorService) => Recommender | Promise<Recommender>

/** Fetched when a part is first opened, the second one where the first has no such model. */
const FILES = [() => import('./plain-models'), () => import('./network-models')]

/**
 * Makes a model of what was learned.
 * @param tensors runs neural models; others don't touch it.
 * @throws SottoError `pack-invalid` naming the tensor that is missing or of another shape, or the model that this version does not know.
 */
export async function openModel(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  for (const file of FILES) {
    const open = (await file()).OPENERS[part.model]
    if (open) return open(part, tensors)
  }
  throw new SottoError('pack-invalid', `a part is of model "${part.model}", which this version does not know`)
}
