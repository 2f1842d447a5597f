import type { InteractionLog } from '../../learn/interaction-log'
import type { ItemText } from '../../learn/learner'
import type { EvaluationCase } from '../evaluation-task'

/** A data set as read: interactions as rows of items, and what was not used. */
export type Dataset = {
  readonly log: InteractionLog
  /** [itemCount] what the files call each row. */
  readonly itemIds: readonly string[]
  /** [itemCount] where the data has words. */
  readonly texts?: readonly ItemText[]
  /** Rows that were left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  /** Questions that the data brings with it; none where the protocol makes them. */
  readonly test: readonly EvaluationCase[]
}
