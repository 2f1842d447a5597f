import { PackParts, type PackPartsOptions } from '../../catalog/pack-parts'
import type { TensorService } from '../../compute/tensors/tensor-service'
import { ModelLibrary, type Reach } from '../../models/model-library'
import type { ModelName } from '../../models/model-part'
import type { Recommender } from '../../models/recommender'
import { type PackOrder, packOrder } from './pack-order'

/** What the site's logs taught, for one catalog: models, and where its items stand in them. */
export class Learned {
  readonly library: ModelLibrary
  readonly #parts: PackParts

  constructor(options: PackPartsOptions, tensors: TensorService) {
    this.#parts = new PackParts(options)
    this.library = new ModelLibrary(this.#parts, tensors)
  }

  /** @param count items of the catalog that is looked at. */
  order(count: number): PackOrder {
    return packOrder(count, this.#parts.packRows(count))
  }

  /** The first of these models that can be had; a file that does not come is as good as none. */
  async firstOf(names: readonly ModelName[], reach: Reach): Promise<Recommender | undefined> {
    for (const name of names) {
      const model = await this.library.model(name, reach).catch(() => undefined)
      if (model) return model
    }
    return undefined
  }
}
