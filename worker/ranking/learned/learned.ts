import { SottoError } from '../../../src/shared/errors'
import type { Explanation, RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { PackParts, type PackPartsOptions } from '../../catalog/pack-parts'
import type { TensorService } from '../../compute/tensors/tensor-service'
import { ModelLibrary, type Reach } from '../../models/model-library'
import type { ModelName, ModelPart } from '../../models/model-part'
import type { Recommender } from '../../models/recommender'
import type { RankingContext } from '../context'
import { type Blend, modelsOfBlend, openBlend } from '../ranker/blend'
import { explainLearned } from './explain-learned'
import { forYouLearned } from './for-you-learned'
import { type PackOrder, packOrder } from './pack-order'
import { scoreLearned } from './score-learned'

/** A blend, and the name of the file that its prior came from. */
export type OpenBlend = { readonly blend: Blend; readonly prior: string }

/** What the site's logs taught, for one catalog: models, and where its items stand in them. */
export class Learned {
  readonly library: ModelLibrary
  readonly #parts: PackParts
  readonly #later: PackPartsOptions['later']
  readonly #note: (thrown: unknown) => undefined
  #blend: Promise<OpenBlend | undefined> | undefined
  #isFetching = false

  constructor(options: PackPartsOptions, tensors: TensorService) {
    this.#parts = new PackParts(options)
    this.#later = options.later
    this.#note = (thrown) => {
      options.note(thrown)
      return undefined
    }
    this.library = new ModelLibrary(this.#parts, tensors)
  }

  /** See `forYouLearned`; a model that fails is as good as none, and `status` says why. */
  forYou(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[] | undefined> {
    return forYouLearned(request, context, this).catch(this.#note)
  }

  /** See `scoreLearned`; a model that fails scores nothing, and `status` says why. */
  score(indices: Int32Array, context: RankingContext): Promise<Float64Array | undefined> {
    return scoreLearned(indices, context, this).catch(this.#note)
  }

  /** See `explainLearned`; a model that fails explains nothing, and `status` says why. @throws SottoError `unknown-item` */
  explain(itemId: string, context: RankingContext): Promise<Explanation | undefined> {
    return explainLearned(itemId, context, this).catch((thrown) => {
      if (thrown instanceof SottoError && thrown.code === 'unknown-item') throw thrown
      return this.#note(thrown)
    })
  }

  /** @param count items of the catalog that is looked at. */
  order(count: number): PackOrder {
    return packOrder(count, this.#parts.packRows(count))
  }

  /**
   * All models together; `undefined` where the pack has no blend, or not all of it is on this device yet: it is then fetched when nobody waits,
   * whatever is known of the visitor.
   */
  async blend(): Promise<OpenBlend | undefined> {
    if (!this.library.names.includes('blend')) return undefined
    this.#blend ??= this.#openBlend('here').catch(this.#note)
    const opened = await this.#blend
    if (!opened) {
      this.#blend = undefined
      this.#fetch()
    }
    return opened
  }

  #fetch(): void {
    if (this.#isFetching) return
    this.#isFetching = true
    const fetching = this.#later(async () => {
      const opened = await this.#openBlend('anywhere')
      this.#blend ??= Promise.resolve(opened)
    })
    fetching.finally(() => {
      this.#isFetching = false
    })
  }

  async #openBlend(reach: Reach): Promise<OpenBlend | undefined> {
    const part = await this.library.part('blend', reach)
    const prior = this.#parts.files.find(({ model }) => model === 'blend')?.file
    if (!part || prior === undefined) return undefined
    const names = modelsOfBlend(part)
    // From the network one after the other, in the order of the blend: the same for every visitor, and nothing else waits for long.
    if (reach === 'anywhere') for (const name of names) await this.library.model(name, reach)
    const models = (await Promise.all(names.map((name) => this.library.model(name, reach)))).filter((model) => model !== undefined)
    return models.length === names.length ? { blend: openBlend(part, models), prior } : undefined
  }

  /** What a model is opened from, for those who look into it; `undefined` where the pack has none, or it does not come. */
  part(name: ModelName): Promise<ModelPart | undefined> {
    return this.library.part(name, 'anywhere').catch(this.#note)
  }

  /** The first of these models that can be had; a file that does not come is as good as none, and `status` says why. */
  async firstOf(names: readonly ModelName[], reach: Reach): Promise<Recommender | undefined> {
    for (const name of names) {
      const model = await this.library.model(name, reach).catch(this.#note)
      if (model) return model
    }
    return undefined
  }
}
