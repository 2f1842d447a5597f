import { SottoError, type SottoErrorCode } from '../../../src/shared/errors'
import type { Explanation, RecommendedItem, RecommendRequest } from '../../../src/shared/recommendation'
import { RETRY_MS } from '../../catalog/live-catalog'
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
import { type RankerUpdate, rankerUpdate } from './ranker-update'
import { scoreLearned } from './score-learned'

/** A blend, and the name of the file that its prior came from. */
export type OpenBlend = { readonly blend: Blend; readonly prior: string }

/** What the site's logs taught, for one catalog: models, and where its items stand in them. */
export class Learned {
  readonly library: ModelLibrary
  /** Shows a failure in `status`. */
  readonly note: PackPartsOptions['note']
  readonly #parts: PackParts
  readonly #later: PackPartsOptions['later']
  #blend: Promise<OpenBlend | undefined> | undefined
  readonly #now: () => number
  #isFetching = false
  #failedAt = Number.NEGATIVE_INFINITY

  constructor(options: PackPartsOptions, tensors: TensorService) {
    this.#parts = new PackParts(options)
    this.#later = options.later
    this.note = options.note
    this.#now = options.now
    this.library = new ModelLibrary(this.#parts, tensors)
  }

  /** See `forYouLearned`; a model that fails is as good as none, and `status` says why. @throws SottoError `invalid-argument` */
  forYou(request: RecommendRequest, context: RankingContext): Promise<readonly RecommendedItem[] | undefined> {
    return forYouLearned(request, context, this).catch(this.#unless('invalid-argument'))
  }

  /** See `scoreLearned`; a model that fails scores nothing, and `status` says why. */
  score(indices: Int32Array, context: RankingContext): Promise<Float64Array | undefined> {
    return scoreLearned(indices, context, this).catch(this.note)
  }

  /** See `explainLearned`; a model that fails explains nothing, and `status` says why. @throws SottoError `unknown-item` */
  explain(itemId: string, context: RankingContext): Promise<Explanation | undefined> {
    return explainLearned(itemId, context, this).catch(this.#unless('unknown-item'))
  }

  /**
   * What the choices made on this device taught the ranker; see `rankerUpdate`. A part that fails taught nothing, and `status` says why.
   * @param kept the ranker's note as the store gives it.
   * @returns `undefined` where the pack has no blend, or it is not on this device: nothing is fetched for it.
   */
  async update(kept: unknown): Promise<RankerUpdate | undefined> {
    const prior = this.#prior
    if (prior === undefined) return undefined
    try {
      const part = await this.library.part('blend', 'here')
      return part && rankerUpdate(kept, part, prior)
    } catch (thrown) {
      return this.note(thrown)
    }
  }

  /** Frees what its models hold outside of this heap; it must not be used any more. */
  dispose(): void {
    this.library.dispose()
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
    this.#blend ??= this.#openBlend('here').catch(this.note)
    const opened = await this.#blend
    if (!opened) {
      this.#blend = undefined
      this.#fetch()
    }
    return opened
  }

  #fetch(): void {
    if (this.#isFetching || Math.abs(this.#now() - this.#failedAt) < RETRY_MS) return
    this.#isFetching = true
    // Until all went well: it is not asked for again at every shelf.
    this.#failedAt = this.#now()
    const fetching = this.#later(async () => {
      const opened = await this.#openBlend('anywhere')
      this.#blend = Promise.resolve(opened)
      this.#failedAt = Number.NEGATIVE_INFINITY
      return opened !== undefined
    })
    fetching.finally(() => {
      this.#isFetching = false
    })
  }

  /** Notes what failed, unless it is the caller's own fault. */
  #unless(code: SottoErrorCode): (thrown: unknown) => undefined {
    return (thrown) => {
      if (thrown instanceof SottoError && thrown.code === code) throw thrown
      return this.note(thrown)
    }
  }

  /** The file of the blend. */
  get #prior(): string | undefined {
    return this.#parts.files.find(({ model }) => model === 'blend')?.file
  }

  async #openBlend(reach: Reach): Promise<OpenBlend | undefined> {
    const part = await this.library.part('blend', reach)
    const prior = this.#prior
    if (!part || prior === undefined) return undefined
    const names = modelsOfBlend(part)
    // From the network one after the other, in the order of the blend: the same for every visitor, and nothing else waits for long.
    if (reach === 'anywhere') for (const name of names) await this.library.model(name, reach)
    const models = (await Promise.all(names.map((name) => this.library.model(name, reach)))).filter((model) => model !== undefined)
    // With all of it fetched, the blend itself names the model that the pack lacks.
    return models.length === names.length || reach === 'anywhere' ? { blend: openBlend(part, models), prior } : undefined
  }

  /** What a model is opened from, for those who look into it; `undefined` where the pack has none, or it does not come. */
  part(name: ModelName): Promise<ModelPart | undefined> {
    return this.library.part(name, 'anywhere').catch(this.note)
  }

  /** The first of these models that can be had; a file that does not come is as good as none, and `status` says why. */
  async firstOf(names: readonly ModelName[], reach: Reach): Promise<Recommender | undefined> {
    for (const name of names) {
      const model = await this.library.model(name, reach).catch(this.note)
      if (model) return model
    }
    return undefined
  }
}
