import type { Recommender } from '../../worker/models/recommender'
import { CUTOFFS, type EvaluationSlice, type EvaluationTask } from './evaluation-task'
import { Mean } from './metrics/mean'
import { type Quality, QualityTally } from './metrics/quality-tally'

type MeasureOptions = {
  readonly task: Pick<EvaluationTask, 'itemCount' | 'excludesSeen'>
  /** Told after each case how many there were; default: nobody is told. */
  readonly onCase?: (cases: number) => void
  /** In ms; a monotonic clock. */
  readonly clock: () => number
}

/** What a model's answers are worth, and how long each took. */
export type Measured = Quality & { readonly msPerCase: number }

/**
 * Asks all cases of all slices.
 * @param recommenderFor learns and opens what is asked of a slice; called slice by slice, and what it gave before is not asked any more.
 */
export async function measureQuality(
  slices: readonly EvaluationSlice[],
  recommenderFor: (slice: EvaluationSlice) => Recommender | Promise<Recommender>,
  { task, onCase, clock }: MeasureOptions,
): Promise<Measured> {
  const tally = new QualityTally({ itemCount: task.itemCount, cutoffs: CUTOFFS, excludesSeen: task.excludesSeen })
  const scores = new Float32Array(task.itemCount)
  const duration = new Mean()
  let cases = 0
  for (const slice of slices) {
    const recommender = await recommenderFor(slice)
    tally.learnedFrom(slice.log)
    for (const asked of slice.cases) {
      // A model may know fewer items than there are now.
      scores.fill(0)
      const known = scores.subarray(0, recommender.itemCount)
      const startMs = clock()
      const answer = recommender.score(asked.visit, known)
      if (answer) await answer
      duration.add(clock() - startMs)
      tally.add(scores, asked)
      onCase?.(++cases)
    }
  }
  return { ...tally.quality(), msPerCase: duration.estimate().mean }
}
