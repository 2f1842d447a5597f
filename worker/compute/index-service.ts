import type { Backend, Calibration, ComputeChoice, ComputeStatus, StepDown } from '../../src/shared/status'
import type { TuneRequest, Tuning } from './calibration/tune-index'
import { JsIndex } from './js-index'
import { messageOf, type ScoringIndex, SteppingIndex } from './stepping-index'
import type { FineMatrix, VectorIndex, VectorMatrix } from './vector-index'

export type IndexServiceOptions = {
  /** At once: the first shelf waits for it. Throws where WebAssembly cannot. */
  readonly openWasm: (matrix: VectorMatrix) => ScoringIndex
  /** Loads code and device; until then WebAssembly answers. Rejects where the GPU cannot. What the device cannot settle, `below` does; it stays the caller's. */
  readonly openWebGpu: (matrix: VectorMatrix, below: VectorIndex) => Promise<ScoringIndex>
  /** Ranks by residuals what an index proposes, which is the result's from then on. Asked for matrices that have some; loads code. */
  readonly refine: (index: VectorIndex, matrix: FineMatrix) => Promise<VectorIndex>
  /** Says who is fastest. Called for `auto` only, one call at a time. */
  readonly tune: (request: TuneRequest) => Promise<Tuning>
  /** Resolves when nobody waits for an answer. */
  readonly idle: () => Promise<void>
  readonly onChange: () => void
}

/**
 * Keeps one `VectorIndex` over the vectors in use, and makes another when the catalog they are of grew or was replaced. `auto` answers by
 * WebAssembly at once and moves to what is fastest when there is time. What failed once is not tried again by this worker.
 */
export class IndexService {
  readonly #options: IndexServiceOptions
  #choice: ComputeChoice = 'auto'
  /** Who should answer, and why. */
  #wish: Pick<ComputeStatus, 'backend' | 'reason'> = { backend: 'none', reason: 'nothing had to be scored yet' }
  #steps: readonly StepDown<Backend>[] = []
  #calibration: Calibration | undefined
  #matrix: VectorMatrix | undefined
  #ladder: SteppingIndex | undefined
  #opening: Promise<VectorIndex> | undefined
  #tuning: Promise<void> = Promise.resolve()

  constructor(options: IndexServiceOptions) {
    this.#options = options
  }

  /** The index's part of `status()`. */
  get status(): Omit<ComputeStatus, 'tensors'> {
    const { backend = 'none', variant, adapter } = this.#ladder?.answering ?? {}
    const wish = this.#wish
    const step = this.#steps.findLast(({ to }) => to === backend)
    return {
      requested: this.#choice,
      backend,
      reason: backend === wish.backend ? wish.reason : (step?.reason ?? `until ${wish.backend} is ready`),
      ...(variant && { variant }),
      ...(adapter && { adapter }),
      steps: this.#steps,
      ...(this.#calibration && { calibration: this.#calibration }),
    }
  }

  /** @param choice holds from the next index on. */
  configure(choice: ComputeChoice): void {
    this.#choice = choice
  }

  /** Drops the measurements that `status` shows; who answers stays. */
  forget(): void {
    this.#calibration = undefined
  }

  /** The index over this very matrix; it outlives whatever it runs on. Never rejects. */
  indexFor(matrix: VectorMatrix): Promise<VectorIndex> {
    if (!this.#opening || this.#matrix !== matrix) {
      // Requests under way may still hold the old one: it finishes them.
      this.#ladder?.dispose()
      this.#matrix = matrix
      this.#opening = this.#open(matrix)
    }
    return this.#opening
  }

  /** Resolves when what is opened or measured beside the answers is. */
  pending(): Promise<void> {
    return this.#tuning
  }

  async #open(matrix: VectorMatrix): Promise<VectorIndex> {
    const { openWasm, openWebGpu, refine, onChange } = this.#options
    const choice = this.#choice
    const isAuto = choice === 'auto'
    const onStep = (step: StepDown<Backend>) => this.#noteStep(step)
    const cpu = new SteppingIndex(new JsIndex(matrix), onStep)
    const ladder = new SteppingIndex(cpu, onStep)
    this.#ladder = ladder
    this.#wish = isAuto ? { backend: 'wasm', reason: 'ready at once, until measured' } : { backend: choice, reason: 'requested' }
    if (choice !== 'js') await this.#raise(cpu, 'wasm', () => openWasm(matrix))
    if (choice === 'webgpu') this.#raiseToGpu(ladder, () => openWebGpu(matrix, cpu))
    let index: VectorIndex = ladder
    try {
      if (matrix.residuals) index = await refine(ladder, matrix as FineMatrix) // just seen to be one
    } catch (thrown) {
      this.#wish = { ...this.#wish, reason: `int8 alone: ${messageOf(thrown)}` }
    }
    onChange()
    if (isAuto && matrix.count) this.#tuneWhenIdle(matrix, ladder, cpu)
    return index
  }

  /** Puts a backend on a rung, unless it failed before. */
  async #raise(rung: SteppingIndex, from: Backend, open: () => ScoringIndex | Promise<ScoringIndex>): Promise<void> {
    if (this.#steps.some((step) => step.from === from)) return
    try {
      rung.setUpper(await open())
    } catch (thrown) {
      this.#noteStep({ from, to: rung.backend, reason: messageOf(thrown) })
    }
  }

  /** Nobody waits for a device; a catalog that grew while one was opened gets its own after that, those in between none. */
  #raiseToGpu(ladder: SteppingIndex, open: () => Promise<ScoringIndex>): void {
    this.#tuning = this.#tuning.then(async () => {
      if (this.#ladder !== ladder) return
      await this.#raise(ladder, 'webgpu', open)
      this.#options.onChange()
    })
  }

  #noteStep(step: StepDown<Backend>): void {
    this.#steps = [...this.#steps, step].slice(-8)
    this.#options.onChange()
  }

  #tuneWhenIdle(matrix: VectorMatrix, ladder: SteppingIndex, cpu: SteppingIndex): void {
    const { openWasm, openWebGpu, idle, tune, onChange } = this.#options
    this.#tuning = this.#tuning.then(idle).then(async () => {
      if (this.#ladder !== ladder) return
      const steps = this.#steps
      try {
        const { calibration, webGpu, ...wish } = await tune({ matrix, steps, openWasm, openWebGpu: () => openWebGpu(matrix, cpu) })
        this.#calibration = calibration
        // A ladder given up meanwhile disposes it.
        if (webGpu) ladder.setUpper(webGpu)
        else if (wish.backend === 'js') cpu.setUpper(undefined)
        if (this.#ladder === ladder) this.#wish = wish
      } catch (thrown) {
        if (this.#ladder === ladder) this.#wish = { ...this.#wish, reason: `${this.#wish.reason}; measuring failed: ${messageOf(thrown)}` }
      }
      onChange()
    })
  }
}
