import { openLately } from './lately'
import { openMatrixFactorization } from './matrix-factorization'
import type { ModelName } from './model-part'
import type { Opener } from './open-model'
import { openPopularity } from './popularity'
import { openRepeats } from './repeats'
import { openRowModel } from './row-model'
import { openSessionNeighbours } from './session-neighbours'
import { openSessionVectors } from './session-vectors'
import { openTerms } from './terms'
import { openUserNeighbours } from './user-neighbours'
import { openVectorModel } from './vector-model'

/** Models that need nothing but typed arrays: one file of few kilobytes, since a blend uses several of them. */
export const OPENERS: Partial<Record<ModelName, Opener>> = {
  popularity: openPopularity,
  terms: openTerms,
  'latent-terms': openVectorModel,
  embedding: openVectorModel,
  lately: openLately,
  'basket-neighbours': openRowModel,
  'item-neighbours': openRowModel,
  'user-neighbours': openUserNeighbours,
  'matrix-factorization': openMatrixFactorization,
  ease: openRowModel,
  transitions: openRowModel,
  'smoothed-transitions': openRowModel,
  repeats: openRepeats,
  'session-linear': openRowModel,
  'session-neighbours': openSessionNeighbours,
  'session-vectors': openSessionVectors,
}
