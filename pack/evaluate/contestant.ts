import type { ModelPart, Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import type { InteractionLog } from '../learn/interaction-log'
import type { LearnInput } from '../learn/learner'
import type { EvaluationTask } from './evaluation-task'

/** What was learned, opened by the code that the worker opens it with. */
export type Opened = {
  readonly recommender: Recommender
  readonly parts: readonly ModelPart[]
  /** Frees what is held outside of this heap; it must not be asked any more. */
  close(): void
}

/** Settings that were tried, and what they were worth on the validation. */
export type Trial = { readonly settings: Settings; readonly value: number }

/** A contestant that has made its choices and can learn from any log. */
export type Prepared = {
  /** Of what was learned last, where they are chosen anew as time goes on. */
  readonly settings: Settings
  /** Empty where there was nothing to choose. */
  readonly trials: readonly Trial[]
  /** @param log one of the task's. */
  learn(log: InteractionLog): Promise<Opened>
}

/** What a contestant is given to prepare itself with. */
export type Preparation = {
  readonly task: EvaluationTask
  /** All that may be learned from beside a log. */
  inputOf(log: InteractionLog): LearnInput
  open(part: ModelPart): Promise<Recommender>
  /** In ms; a monotonic clock. */
  readonly clock: () => number
  /** Told what is being done, in words. */
  readonly onProgress: (doing: string) => void
}

/** One model or several together: chooses settings on the validation alone, then learns. */
export type Contestant = {
  readonly name: string
  /** Whether the data has what it needs. */
  canEnter(input: LearnInput): boolean
  prepare(preparation: Preparation): Promise<Prepared>
}
