import type { InteractionLog } from '../../pack/learn/interaction-log'
import type { Learner, LearnInput } from '../../pack/learn/learner'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelPart, Settings } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import { makeLog } from './make-log'

const ITEMS = 12

/** Visitors who walk round a ring of items, each from another start: item i is followed by i + 1. One more item is seen by two only. */
export function walksRound(visitors = 60): InteractionLog {
  const walks = Array.from({ length: visitors }, (_, visitor) => {
    const length = 3 + (visitor % 4)
    return Array.from({ length }, (_, at) => (visitor * 5 + at) % ITEMS)
  })
  return makeLog(ITEMS + 2, [...walks, [ITEMS, 3, 4], [7, 8, ITEMS]])
}

export const STEPS: Omit<LearnInput, 'tensors'> = { log: walksRound(), support: 3, seed: 5 }

/** Small enough to learn the ring within seconds. */
export const SMALL: Settings = { dim: 8, dropout: 0.1, negatives: 8, batch: 16, learningRate: 0.02, epochs: 15, patience: 15 }

/** For how many of the ring's items a model that was learned says that the one after it comes next. */
export async function followed(part: ModelPart, tensors: TensorService): Promise<{ readonly right: number; readonly out: Float32Array }> {
  const model = await openModel(part, tensors)
  const out = new Float32Array(model.itemCount)
  let right = 0
  for (let item = 0; item < ITEMS; item++) {
    await model.score({ items: Int32Array.of((item + ITEMS - 1) % ITEMS, item) }, out)
    if (out.indexOf(Math.max(...out)) === (item + 1) % ITEMS) right++
  }
  model.dispose?.()
  return { right, out }
}

/** Learned with settings of a few seconds. */
export function learnSmall(learner: Learner, input: LearnInput, more: Settings = {}): Promise<ModelPart> {
  return Promise.resolve(learner.learn(input, { ...learner.choices[0], ...SMALL, ...more }))
}
