import type { ComputeChoice, ComputeStatus } from '../../src/shared/status'
import { chooseIndex, type IndexOptions } from './choose-index'
import type { VectorIndex, VectorMatrix } from './vector-index'

export type IndexServiceOptions = Pick<IndexOptions, 'gpu' | 'loadWebGpu'> & { readonly onChange: () => void }

/** Keeps one `VectorIndex` over the vectors in use, and makes another when the catalog they are of grew or was replaced. */
export class IndexService {
  status: ComputeStatus = { requested: 'auto', backend: 'none', reason: 'nothing had to be scored yet' }
  #matrix: VectorMatrix | undefined
  #index: Promise<VectorIndex> | undefined
  #choice: ComputeChoice = 'auto'
  readonly #options: IndexServiceOptions

  constructor(options: IndexServiceOptions) {
    this.#options = options
  }

  /** @param choice holds from the next index on. */
  configure(choice: ComputeChoice): void {
    this.#choice = choice
    this.status = { ...this.status, requested: choice }
  }

  /** The index over this very matrix. */
  indexFor(matrix: VectorMatrix): Promise<VectorIndex> {
    if (this.#index && this.#matrix === matrix) return this.#index
    const before = this.#index
    this.#matrix = matrix
    this.#index = this.#build(matrix)
    this.#index.catch(() => {
      this.#index = undefined // made anew when next asked for
    })
    // Requests under way may still hold the old one: a disposed device fails their scan, and the index finishes them on plain JavaScript.
    before?.then((index) => index.dispose()).catch(() => {}) // one that could not be made holds nothing
    return this.#index
  }

  async #build(matrix: VectorMatrix): Promise<VectorIndex> {
    const { gpu, loadWebGpu, onChange } = this.#options
    const update = (status: ComputeStatus) => {
      this.status = status
      onChange()
    }
    const { index, status } = await chooseIndex({ choice: this.#choice, matrix, gpu, loadWebGpu, onChange: update })
    update(status)
    return index
  }
}
