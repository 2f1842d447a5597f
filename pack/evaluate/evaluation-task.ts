import type { Visit } from '../../worker/models/recommender'
import type { InteractionLog } from '../learn/interaction-log'
import type { ItemText } from '../learn/learner'

/** The ways of asking, as the command names them. */
export const PROTOCOLS = ['leave-one-out', 'sessions', 'next-basket'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** Lengths of list at which quality is told. */
export const CUTOFFS: readonly number[] = [5, 10, 20]

/** One question with its answer. */
export type EvaluationCase = {
  readonly visit: Visit
  /** Rows that the visitor went on to, each once; at least one. */
  readonly targets: Int32Array
  /** Whose it is, where several may be of one; absent: another's than all others. */
  readonly visitor?: number
}

/** Cases that may be asked of models learned from `log`, and of no others: nothing in it is later than a case allows. */
export type EvaluationSlice = {
  /** May be empty: then nothing is known yet. May be made anew at each reading: read it once a learning. */
  readonly log: InteractionLog
  readonly cases: readonly EvaluationCase[]
}

/** A data set under a protocol: what is learned from, what is asked. */
export type EvaluationTask = {
  readonly protocol: Protocol
  /** All of them are ranked. */
  readonly itemCount: number
  /** [itemCount], where the data has words. */
  readonly texts?: readonly ItemText[]
  /** Whether items of the visit are left out of the ranking; a target among them cannot be found then. */
  readonly excludesSeen: boolean
  /** Settings are chosen here, and only here. One slice, but for next baskets: those have one for each span of time. */
  readonly validation: readonly EvaluationSlice[]
  /** Asked once, at the end. */
  readonly test: readonly EvaluationSlice[]
  /** The same test, learned from what `test` learns from and the answers of the validation; absent where `test` has learned from them anyway. */
  readonly retrained?: readonly EvaluationSlice[]
}

/** Cases of all slices. */
export function caseCount(slices: readonly EvaluationSlice[]): number {
  return slices.reduce((sum, { cases }) => sum + cases.length, 0)
}
