import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelName, ModelPart, Settings } from '../../worker/models/model-part'
import type { InteractionLog } from './interaction-log'

/** The words of an item that content models read. */
export type ItemText = {
  readonly title: string
  /** Brand, category path, tags and other short values, each a unit. */
  readonly attributes: readonly string[]
  readonly description?: string
}

/** All that a model may be learned from. */
export type LearnInput = {
  readonly log: InteractionLog
  /** [itemCount]; absent where the site gives none. */
  readonly texts?: readonly ItemText[]
  /** Unit vectors of the site's own or of the text encoder, [itemCount, dim] row-major. */
  readonly vectors?: { readonly values: Float32Array; readonly dim: number }
  /** Nothing is kept that rests on fewer visitors. 1 is for measurements only: no pack is written with less than 3. */
  readonly support: number
  readonly seed: number
  /** Neural models are learned with it; without it they cannot be. */
  readonly tensors?: TensorService
  /** A folder where neural models note how far they are, so that a training that was broken off goes on. Absent: nowhere. */
  readonly checkpoints?: string
  /** Told 0 to 1 now and then. */
  readonly onProgress?: (share: number) => void
}

/** How one model is learned. */
export interface Learner {
  readonly model: ModelName
  /** Whether there is enough in the input for it. */
  canLearn(input: LearnInput): boolean
  /** Settings worth trying, the default first; whoever tunes chooses by validation. */
  readonly choices: readonly Settings[]
  /** The same input, settings and seed give the same part. */
  learn(input: LearnInput, settings: Settings): ModelPart | Promise<ModelPart>
}
