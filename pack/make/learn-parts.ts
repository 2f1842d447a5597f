import { pause } from '../../worker/catalog/slices'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelPart } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import { type BlendOptions, learnBlend, type NamedMoves } from '../learn/blend'
import type { InteractionLog } from '../learn/interaction-log'
import type { LearnInput } from '../learn/learner'
import type { Revision } from '../learn/revise-prior'
import { itemText } from '../read/item-text'
import type { OpenedPack } from '../read/open-pack'
import type { ModelChoice } from './choose-models'
import { isNothing, learnedFrom } from './part-content'
import type { Progress } from './progress'

/** Any will do; the same one gives the same pack. */
const SEED = 1

export type LearnOptions = {
  /** Visitors that whatever is learned rests on at least. */
  readonly support: number
  /** A folder where neural models note how far they are, so that learning that was broken off goes on; default nowhere. */
  readonly checkpoints?: string | undefined
  /** How visitors' reports would move the ranker's prior. */
  readonly moves?: NamedMoves | undefined
}

/** What came of learning. */
export type Learned = {
  /** None of them empty. */
  readonly parts: readonly ModelPart[]
  /** Models for which there was too little to learn from, so that there would be nothing in them. */
  readonly without: readonly string[]
  /** What came of moving the ranker's prior. Absent where it was not to be moved, or could not be checked. */
  readonly revision?: Revision
}

/**
 * Learns models for a pack from what visitors did with its items: the blend with those that it chooses, then the others by themselves.
 * @param log its items are the pack's rows.
 */
export async function learnParts(
  { items, vectors }: Pick<OpenedPack, 'items' | 'vectors'>,
  log: InteractionLog,
  { alone, blended }: ModelChoice,
  { support, checkpoints, moves }: LearnOptions,
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
  let revision: Revision | undefined
  if (blended.length > 0) {
    progress.begin('choosing and learning the blend', 100)
    const blend = await learnFilledBlend(input, { learners: blended, excludesSeen: true, moves, open: (part) => openModel(part, tensors) })
    parts.push(...blend.parts)
    without.push(...blend.without)
    revision = blend.revision
  }
  for (const learner of alone) {
    if (without.includes(learner.model) || parts.some(({ model }) => model === learner.model)) continue
    progress.begin(`learning ${learner.model}`, 100)
    const part = learner.canLearn(input) ? await learner.learn(input, learner.choices[0] ?? {}) : undefined
    if (part && !isNothing(part)) parts.push(part)
    else without.push(learner.model)
  }
  progress.end()
  await tensors.close()
  return { parts, without, ...(revision && { revision }) }
}

/**
 * A blend of models that all hold something: chosen again without those that came out empty, as with few orders many do. One that would weigh
 * nothing but what items say of themselves is none.
 */
async function learnFilledBlend(input: LearnInput, options: BlendOptions): Promise<Learned> {
  const empty = new Set<string>()
  for (;;) {
    const learners = options.learners.filter(({ model }) => !empty.has(model))
    const { parts, chosen } = await learnBlend(input, { ...options, learners })
    const models = parts.filter(({ model }) => model !== 'blend')
    const found = models.filter(isNothing)
    if (found.length === 0) {
      const isBlend = models.some(({ model }) => learnedFrom(model) === 'orders')
      const { revision } = chosen
      return isBlend ? { parts, without: [...empty], ...(revision && { revision }) } : { parts: models, without: [...empty, 'blend'] }
    }
    for (const { model } of found) empty.add(model)
  }
}
