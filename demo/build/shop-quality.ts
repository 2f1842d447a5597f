import { evaluate } from '../../pack/evaluate/evaluate'
import type { Evaluation } from '../../pack/evaluate/evaluation'
import { nodeTensors } from '../../pack/evaluate/node-tensors'
import { leaveOneOut } from '../../pack/evaluate/protocols/leave-one-out'
import { singleModel } from '../../pack/evaluate/single-model'
import type { InteractionLog } from '../../pack/learn/interaction-log'
import type { ItemText, Learner } from '../../pack/learn/learner'
import type { QualitySet } from '../quality/quality-file'
import { blendContestant } from './shop-blend'

const CUTOFF = 10

/**
 * Asks every model, once it has learned from all but the last two purchases of each customer, which product the last one was.
 *
 * @param support what is learned rests on at least so many customers.
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
  return shopQualitySet(evaluation)
}

/**
 * The figures of an evaluation as the page shows them.
 *
 * @throws Error naming a model that failed: a chart without it would hide that.
 */
export function shopQualitySet({ models, absent, cases, itemCount, support }: Evaluation): QualitySet {
  const failed = absent.find(({ isFault }) => isFault)
  if (failed) throw new Error(`${failed.model} could not be measured: ${failed.reason}`)
  return {
    id: 'shop',
    title: 'The orders of this shop',
    asked: 'Of each customer the last purchase is hidden, and each model names the ten products that it takes for the likeliest.',
    cases,
    items: itemCount,
    support,
    metrics: [
      { id: 'hr@10', label: 'Hits', chance: CUTOFF / itemCount },
      { id: 'ndcg@10', label: 'Hits, by place', chance: chanceOfNdcg(itemCount) },
    ],
    rows: models.map(({ model, quality }) => {
      const { hr, ndcg } = quality.at[CUTOFF]!
      return { name: model, kind: 'ours', values: { 'hr@10': hr, 'ndcg@10': ndcg } }
    }),
  }
}

/** Mean of 1 / log2(place + 1) where the place is any of all with the same chance. */
function chanceOfNdcg(itemCount: number): number {
  let sum = 0
  for (let place = 1; place <= CUTOFF; place++) sum += 1 / Math.log2(place + 1)
  return sum / itemCount
}
