import { SottoError } from '../../src/shared/errors'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelName, ModelPart } from './model-part'
import type { Recommender } from './recommender'

/** See `openModel`. */
export type OpenModel = typeof openModel

type Opener = (part: ModelPart, tensors: TensorService) => Recommender | Promise<Recommender>

/** Each model is a file of its own, fetched when a part of its kind is first opened. */
const OPENERS: Partial<Record<ModelName, () => Promise<Opener>>> = {
  popularity: async () => (await import('./popularity')).openPopularity,
  terms: async () => (await import('./terms')).openTerms,
  'latent-terms': async () => (await import('./vector-model')).openVectorModel,
  embedding: async () => (await import('./vector-model')).openVectorModel,
  lately: async () => (await import('./lately')).openLately,
  'basket-neighbours': async () => (await import('./row-model')).openRowModel,
  'item-neighbours': async () => (await import('./row-model')).openRowModel,
  'user-neighbours': async () => (await import('./user-neighbours')).openUserNeighbours,
  'matrix-factorization': async () => (await import('./matrix-factorization')).openMatrixFactorization,
  ease: async () => (await import('./row-model')).openRowModel,
  transitions: async () => (await import('./row-model')).openRowModel,
  'session-linear': async () => (await import('./row-model')).openRowModel,
  'session-neighbours': async () => (await import('./session-neighbours')).openSessionNeighbours,
  'session-vectors': async () => (await import('./session-vectors')).openSessionVectors,
  gru: async () => (await import('./gru')).openGru,
  caser: async () => (await import('./caser')).openCaser,
  sasrec: async () => (await import('./sasrec')).openSasrec,
  'mult-vae': async () => (await import('./mult-vae')).openMultVae,
}

/**
 * Makes a model of what was learned.
 * @param tensors runs neural models; others don't touch it.
 * @throws SottoError `pack-invalid` naming the tensor that is missing or of another shape, or the model that this version does not know.
 */
export async function openModel(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  const opener = await OPENERS[part.model]?.()
  if (!opener) throw new SottoError('pack-invalid', `a part is of model "${part.model}", which this version does not know`)
  return opener(part, tensors)
}
