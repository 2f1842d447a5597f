import { evaluate } from '../../pack/evaluate/evaluate'
import { nodeTensors } from '../../pack/evaluate/node-tensors'
import { leaveOneOut } from '../../pack/evaluate/protocols/leave-one-out'
import { singleModel } from '../../pack/evaluate/single-model'
import type { InteractionLog } from '../../pack/learn/interaction-log'
import type { ItemText, Learner } from '../../pack/learn/learner'
import type { QualitySet } from '../quality/quality-file'
import { measuredRows, qualityMetrics } from './quality-set'
import { blendContestant } from './shop-blend'

/**
 * Asks every model, once it has learned from all but the last two purchases of each customer, which product the last one was.
 *
 * @param support what is learned rests on at least so many customers.
 * @throws Error naming a model that failed.
 */
export async function shopQuality(
  log: InteractionLog,
  texts: readonly ItemText[],
  learners: readonly Learner[],
  support: number,
): Promise<QualitySet> {
  const contestants = [...learners.map(singleModel), blendContestant(learners)]
  const tensors = nodeTensors()
  const evaluation = await evaluate(leaveOneOut({ log, texts }), contestants, {
    support,
    seed: 1,
    tensors,
    retrain: false,
    clock: () => performance.now(),
    onProgress: () => {},
  })
  await tensors.close()
  const { protocol, cases, itemCount } = evaluation
  return {
    id: 'shop',
    title: 'The orders of this shop',
    asked: 'Of each customer the last purchase is hidden, and each model names the ten products that it takes for the likeliest.',
    cases,
    items: itemCount,
    support,
    metrics: qualityMetrics(protocol, itemCount),
    rows: measuredRows(evaluation),
  }
}
