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
 * In no blend by default, for what they cost and add. Of a beauty shop (22,363 visitors) if nothing else is said:
 * - Dense vectors add nothing to the terms themselves, which are ten times as fast: NDCG@10 of 2,796 validation items changes by -.0002 ± .0012
 *   with the text encoder, by -.0013 ± .0008 with latent terms.
 * - `user-neighbours` reaches HR@10 .0413 by itself, a third of the blend without it; on invoices the validation is better without it (.1178
 *   against .1144).
 * - `matrix-factorization` reaches .0623 and takes 13 ms a visitor, more than the whole blend may.
 * - `session-linear` and `session-neighbours` were not chosen beside `session-vectors` on the sessions of a shop, which they are meant for.
 */
export const UNBLENDED: ReadonlySet<ModelName> = new Set([
  'latent-terms',
  'embedding',
  'user-neighbours',
  'matrix-factorization',
  'session-linear',
  'session-neighbours',
])

/**
 * Models of sessions: candidates only for blends that may recommend what a visit holds already. `repeats` recommends nothing else; the vectors of
 * `session-vectors` would take a pack of 12,101 items over 4 MB, and did a blend of whole histories no good: HR@10 .1081 with them, .1138 without
 * (test, support 3; they were left out for their size, after the first figure was known).
 */
export const OF_SESSIONS: ReadonlySet<ModelName> = new Set(['repeats', 'session-vectors'])

/**
 * Models that run through tfjs: they take longer to learn, and a visitor's browser would load half a megabyte more before it can ask them. Only
 * when asked for, and in no blend by default.
 */
export const NETWORKS: ReadonlySet<ModelName> = new Set(['gru', 'caser', 'sasrec', 'mult-vae'])

/** Candidates for the default blend, whatever the log; which are in it is decided by what they add. @param excludesSeen whether what a visit holds is not recommended. */
export function blendCandidates(excludesSeen: boolean, learners: readonly Learner[] = LEARNERS): readonly Learner[] {
  return learners.filter(({ model }) => !NETWORKS.has(model) && !UNBLENDED.has(model) && !(excludesSeen && OF_SESSIONS.has(model)))
}
