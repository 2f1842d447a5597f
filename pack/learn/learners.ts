import type { Learner } from './learner'

/** Everything that can be learned, in the order in which it is told. */
export const LEARNERS: readonly Learner[] = []
