import { pause } from '../../worker/catalog/slices'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelPart } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import { learnBlend } from '../learn/blend'
import type { InteractionLog } from '../learn/interaction-log'
import { itemText } from '../read/item-text'
import type { OpenedPack } from '../read/open-pack'
import type { ModelChoice } from './choose-models'
import type { Progress } from './progress'

/** Any will do; the same one gives the same pack. */
const SEED = 1

export type LearnOptions = {
  /** Visitors that whatever is learned rests on at least. */
  readonly support: number
  /** A folder where neural models note how far they are, so that learning that was broken off goes on; default nowhere. */
  readonly checkpoints?: string | undefined
}

/** What came of learning. */
export type Learned = {
  readonly parts: readonly ModelPart[]
  /** Models for which there was too little to learn from. */
  readonly without: readonly string[]
}

/**
 * Learns models for a pack from what visitors did with its items: the blend with those that it chooses, then the others by themselves.
 * @param log its items are the pack's rows.
 */
export async function learnParts(
  { items, vectors }: Pick<OpenedPack, 'items' | 'vectors'>,
  log: InteractionLog,
  { alone, blended }: ModelChoice,
  { support, checkpoints }: LearnOptions,
  progress: Progress,
): Promise<Learned> {
  const lease = () => Promise.reject(new Error('Node has no WebGPU'))
  // Loads nothing until a neural model asks for it.
  const tensors = new TensorService({ gpu: { lease }, pause, onChange: () => {} })
  const input = {
    log,
    texts: items.map(itemText),
    vectors,
    support,
    seed: SEED,
    tensors,
    onProgress: progress.reach,
    ...(checkpoints && { checkpoints }),
  }
  const parts: ModelPart[] = []
  const without: string[] = []
  if (blended.length > 0) {
    progress.begin('choosing and learning the blend', 100)
    parts.push(...(await learnBlend(input, { learners: blended, excludesSeen: true, open: (part) => openModel(part, tensors) })).parts)
  }
  for (const learner of alone) {
    if (parts.some(({ model }) => model === learner.model)) continue
    progress.begin(`learning ${learner.model}`, 100)
    if (learner.canLearn(input)) parts.push(await learner.learn(input, learner.choices[0] ?? {}))
    else without.push(learner.model)
  }
  progress.end()
  await tensors.close()
  return { parts, without }
}
