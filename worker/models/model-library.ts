import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelName, ModelPart } from './model-part'
import { openModel } from './open-model'
import { isModelName, readPart } from './read-part'
import type { Recommender } from './recommender'

/** One file of what was learned, as the pack announces it. */
export type LearnedFile = { readonly model: string; readonly file: string; readonly bytes: number }

/** Where those files are to be had. */
export type LearnedFiles = {
  readonly files: readonly LearnedFile[]
  /** As kept on this device; `undefined` where it is not. Never rejects. */
  kept(file: LearnedFile): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** From the network; kept for the next time. */
  fetch(file: LearnedFile): Promise<Uint8Array<ArrayBuffer>>
}

/** From how far a model may be had: `here` never waits for the network. */
export type Reach = 'here' | 'anywhere'

/** The models of one pack: each read and opened when it is first used, and kept open. */
export class ModelLibrary {
  /** Models that the pack brings and this version knows, in the order of the pack. */
  readonly names: readonly ModelName[]
  readonly #source: LearnedFiles
  readonly #tensors: TensorService
  readonly #parts = new Map<ModelName, Promise<ModelPart | undefined>>()
  readonly #models = new Map<ModelName, Promise<Recommender | undefined>>()

  constructor(source: LearnedFiles, tensors: TensorService) {
    this.#source = source
    this.#tensors = tensors
    this.names = source.files.map(({ model }) => model).filter(isModelName)
  }

  /**
   * A model, ready to score.
   * @returns `undefined` where the pack has none of that name, or it lies beyond reach.
   * @throws SottoError `catalog-failed` where its file cannot be fetched; `pack-invalid` where that is not what it should be. Asked again, it
   *   is tried again.
   */
  async model(name: ModelName, reach: Reach): Promise<Recommender | undefined> {
    return once(this.#models, name, async () => {
      const part = await this.part(name, reach)
      return part && openModel(part, this.#tensors)
    })
  }

  /** What a model is opened from. @throws SottoError as `model` does. */
  async part(name: ModelName, reach: Reach): Promise<ModelPart | undefined> {
    return once(this.#parts, name, async () => {
      const file = this.#source.files.find(({ model }) => model === name)
      const bytes = file && ((await this.#source.kept(file)) ?? (reach === 'anywhere' ? await this.#source.fetch(file) : undefined))
      return bytes && readPart(bytes)
    })
  }
}

/** Asks once for what is there to stay; what is not there, or failed, is asked for again the next time. */
async function once<T>(known: Map<ModelName, Promise<T | undefined>>, name: ModelName, make: () => Promise<T | undefined>) {
  const making = known.get(name) ?? make()
  known.set(name, making)
  const forget = () => {
    if (known.get(name) === making) known.delete(name)
  }
  making.then((made) => made === undefined && forget(), forget)
  return making
}
