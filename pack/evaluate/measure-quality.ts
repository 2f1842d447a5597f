import { SottoError } from '../../src/shared/errors'
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
 * @throws SottoError `internal` naming the model whose scores are not finite and at least 0.
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
      checkScores(known, recommender)
      tally.add(scores, asked)
      onCase?.(++cases)
    }
  }
  return { ...tally.quality(), msPerCase: duration.estimate().mean }
}

/** A score below 0 would pass for an item that is left out, and so raise others. */
function checkScores(scores: Float32Array, { name }: Recommender): void {
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!
    if (!(score >= 0 && score < Number.POSITIVE_INFINITY)) {
      throw new SottoError('internal', `${name}: the score of row ${item} is ${score}, expected a finite number of at least 0`)
    }
  }
}
