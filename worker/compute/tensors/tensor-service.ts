import { SottoError } from '../../../src/shared/errors'
import type { ComputeChoice, TensorStatus } from '../../../src/shared/status'
import type { GpuService } from '../gpu-service'
import type { LoadedModel, Model, Trainer, Training } from './model'
import type { TensorRunner } from './tensor-runner'
import type { WasmFiles } from './wasm-files'

const STEPS_SHOWN = 8

type TensorServiceOptions = {
  readonly gpu: Pick<GpuService, 'lease'>
  /** Resolves in a later task. */
  readonly pause: () => Promise<void>
  /** Told when `status` has changed. */
  readonly onChange: () => void
  /** Where tfjs' binaries lie, where not beside the worker as built: in Node. */
  readonly wasmFiles?: WasmFiles
}

/** Runs and trains neural models. This much is always there; tfjs is loaded when the first model is. */
export class TensorService {
  status: TensorStatus = { backend: 'none', reason: 'no neural model was used yet', steps: [] }
  #choice: ComputeChoice = 'auto'
  #runner: Promise<TensorRunner> | undefined
  readonly #options: TensorServiceOptions

  constructor(options: TensorServiceOptions) {
    this.#options = options
  }

  /** @param choice holds for calls from now on; what was found not to work is tried again. */
  async configure(choice: ComputeChoice): Promise<void> {
    this.#choice = choice
    await (await this.#runner)?.configure(choice)
  }

  /** @throws SottoError `invalid-argument` for weights that do not fit their shapes; `compute-failed` where tfjs cannot be loaded. */
  async load<W extends string, I extends string>(model: Model<W, I>): Promise<LoadedModel> {
    return (await this.#run()).load(model)
  }

  /** @throws SottoError as `load` does. */
  async train<W extends string, I extends string>(training: Training<W, I>): Promise<Trainer> {
    return (await this.#run()).train(training)
  }

  /** Frees all that is held; models and trainings must not be used any more. */
  async close(): Promise<void> {
    await (await this.#runner)?.close()
  }

  #run(): Promise<TensorRunner> {
    this.#runner ??= import('./tensor-runner').then(
      ({ TensorRunner }) =>
        new TensorRunner(this.#choice, {
          ...this.#options,
          onBackend: ({ name: backend, detail, threads, adapter }) => {
            const reason = `${this.#choice === 'auto' ? 'the best that works here' : `${this.#choice} requested`}; ${detail}`
            if (this.status.backend === backend && this.status.reason === reason) return
            this.status = { backend, reason, steps: this.status.steps, ...(threads && { threads }), ...(adapter && { adapter }) }
            this.#options.onChange()
          },
          onStep: (step) => {
            this.status = { ...this.status, steps: [...this.status.steps, step].slice(-STEPS_SHOWN) }
            this.#options.onChange()
          },
        }),
      (cause) => {
        this.#runner = undefined // tried again at the next need
        throw new SottoError('compute-failed', `tfjs could not be loaded: ${cause}`, {}, { cause })
      },
    )
    return this.#runner
  }
}
