import type { ModelName } from '../../worker/models/model-part'
import { basketNeighbours } from './basket-neighbours'
import { caser } from './caser'
import { ease } from './ease'
import { embedding } from './embedding'
import { gru } from './gru'
import { itemNeighbours } from './item-neighbours'
import { lately } from './lately'
import { latentTerms } from './latent-terms'
import type { Learner } from './learner'
import { matrixFactorization } from './matrix-factorization'
import { multVae } from './mult-vae'
import { popularity } from './popularity'
import { repeats } from './repeats'
import { sasrec } from './sasrec'
import { sessionLinear } from './session-linear'
import { sessionNeighbours } from './session-neighbours'
import { sessionVectors } from './session-vectors'
import { smoothedTransitions } from './smoothed-transitions'
import { terms } from './terms'
import { transitions } from './transitions'
import { userNeighbours } from './user-neighbours'

/** Everything that can be learned, in the order in which it is told. */
export const LEARNERS: readonly Learner[] = [
  popularity,
  lately,
  terms,
  latentTerms,
  embedding,
  itemNeighbours,
  basketNeighbours,
  ease,
  userNeighbours,
  matrixFactorization,
  transitions,
  smoothedTransitions,
  repeats,
  sessionLinear,
  sessionNeighbours,
  sessionVectors,
  gru,
  caser,
  sasrec,
  multVae,
]

/**
 * In no blend by default. Dense vectors add nothing to the terms themselves, which are ten times as fast: NDCG@10 of 2,796 validation items of
 * a beauty shop changes by -.0002 ± .0012 with the text encoder, by -.0013 ± .0008 with latent terms.
 */
export const UNBLENDED: ReadonlySet<ModelName> = new Set(['latent-terms', 'embedding'])

/**
 * Models that run through tfjs: they take longer to learn, and a visitor's browser would load half a megabyte more before it can ask them. Only
 * when asked for, and in no blend by default.
 */
export const NETWORKS: ReadonlySet<ModelName> = new Set(['gru', 'caser', 'sasrec', 'mult-vae'])
