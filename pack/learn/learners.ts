import { basketNeighbours } from './basket-neighbours'
import { caser } from './caser'
import { ease } from './ease'
import { gru } from './gru'
import { itemNeighbours } from './item-neighbours'
import { lately } from './lately'
import type { Learner } from './learner'
import { matrixFactorization } from './matrix-factorization'
import { multVae } from './mult-vae'
import { popularity } from './popularity'
import { sasrec } from './sasrec'
import { sessionLinear } from './session-linear'
import { sessionNeighbours } from './session-neighbours'
import { sessionVectors } from './session-vectors'
import { terms } from './terms'
import { transitions } from './transitions'
import { userNeighbours } from './user-neighbours'

/** Everything that can be learned, in the order in which it is told. */
export const LEARNERS: readonly Learner[] = [
  popularity,
  lately,
  terms,
  itemNeighbours,
  basketNeighbours,
  ease,
  userNeighbours,
  matrixFactorization,
  transitions,
  sessionLinear,
  sessionNeighbours,
  sessionVectors,
  gru,
  caser,
  sasrec,
  multVae,
]
