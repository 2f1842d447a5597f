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
  readonly #parts = new Holdings<ModelPart>()
  readonly #models = new Holdings<Recommender>()
  #isDisposed = false

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
    return this.#models.get(name, reach, async () => {
      const part = await this.part(name, reach)
      const model = part && (await openModel(part, this.#tensors))
      if (this.#isDisposed) model?.dispose?.()
      return model
    })
  }

  /** What a model is opened from. @throws SottoError as `model` does. */
  async part(name: ModelName, reach: Reach): Promise<ModelPart | undefined> {
    return this.#parts.get(name, reach, async () => {
      const file = this.#source.files.find(({ model }) => model === name)
      const bytes = file && ((await this.#source.kept(file)) ?? (reach === 'anywhere' ? await this.#source.fetch(file) : undefined))
      return bytes && readPart(bytes)
    })
  }

  /** Frees what its models hold outside of this heap; they must not be used any more. */
  dispose(): void {
    this.#isDisposed = true
    for (const model of this.#models.all()) model.dispose?.()
  }
}

/** What was had once stays. What is not there, or failed, is asked for again; who looks further than somebody before does not wait for that. */
class Holdings<T> {
  readonly #held = new Map<ModelName, T>()
  readonly #coming = new Map<string, Promise<T | undefined>>()

  all(): Iterable<T> {
    return this.#held.values()
  }

  async get(name: ModelName, reach: Reach, make: () => Promise<T | undefined>): Promise<T | undefined> {
    const held = this.#held.get(name)
    if (held) return held
    const key = `${reach} ${name}`
    const coming = this.#coming.get(key) ?? this.#make(name, make).finally(() => this.#coming.delete(key))
    this.#coming.set(key, coming)
    return coming
  }

  async #make(name: ModelName, make: () => Promise<T | undefined>): Promise<T | undefined> {
    const made = await make()
    // Of two at once, from here and from elsewhere, the first one stays.
    if (made && !this.#held.has(name)) this.#held.set(name, made)
    return this.#held.get(name)
  }
}
