import { SottoError } from '../../../src/shared/errors'
import type { ComputeChoice, StepDown } from '../../../src/shared/status'
import type { GpuService } from '../gpu-service'
import { checkParts } from './check-rows'
import { registerGradients } from './kernels/gradients'
import type { LoadedModel, Model, Trainer, Training } from './model'
import { NetworkModel } from './network-model'
import { NetworkTrainer } from './network-trainer'
import type { OpenBackend } from './open-backend'
import type { WasmFiles } from './wasm-files'

type Place = OpenBackend['name']

type RunnerOptions = {
  readonly gpu: Pick<GpuService, 'lease'>
  /** Where tfjs' binaries lie; absent: beside this file, as built. */
  readonly wasmFiles?: WasmFiles | undefined
  /** Resolves in a later task: awaited between batches, so that others get their turn. */
  readonly pause: () => Promise<void>
  /** Told who runs models now. */
  readonly onBackend: (backend: OpenBackend) => void
  /** Told of each step down that was taken. */
  readonly onStep: (step: StepDown<Place>) => void
}

/** Something that holds tensors on a backend. */
export interface Resident {
  /** Frees its tensors on this backend, which is about to be closed. */
  leave(backend: OpenBackend): void
}

/** Runs models on the best backend that works, one call after the other, and moves down where one fails. */
export class TensorRunner {
  readonly residents = new Set<Resident>()
  readonly pause: () => Promise<void>
  readonly #options: RunnerOptions
  #rungs: readonly Place[]
  #choice: ComputeChoice
  /** The rung in use; those above it have failed. */
  #rung = 0
  readonly #open = new Map<Place, OpenBackend>()
  /** Backends whose shortcomings were told. */
  readonly #told = new WeakSet<OpenBackend>()
  #tail: Promise<unknown> = Promise.resolve()

  constructor(choice: ComputeChoice, options: RunnerOptions) {
    this.#options = options
    this.#choice = choice
    this.#rungs = rungsOf(choice)
    this.pause = options.pause
    registerGradients()
  }

  /** Takes effect before the next call; what failed before is tried again. */
  configure(choice: ComputeChoice): Promise<void> {
    return this.#alone(async () => {
      this.#choice = choice
      this.#rungs = rungsOf(choice)
      this.#rung = 0
      for (const place of [...this.#open.keys()]) if (!this.#rungs.includes(place)) this.#close(place)
    })
  }

  load(model: Model): LoadedModel {
    checkParts(model)
    return new NetworkModel(this, model)
  }

  train(training: Training): Trainer {
    checkParts(training)
    return new NetworkTrainer(this, training)
  }

  /** Frees every tensor and closes every backend. */
  close(): Promise<void> {
    return this.#alone(async () => {
      for (const place of [...this.#open.keys()]) this.#close(place)
    })
  }

  /**
   * Does a piece of work on the backend in use; where it fails, again on the one below. A backend is left only when the work succeeds
   * further down: what fails everywhere is the work's own fault.
   * @param work starts from nothing each time it is called.
   */
  attempt<T>(work: (backend: OpenBackend) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      const steps: StepDown<Place>[] = []
      for (let rung = this.#rung; ; rung++) {
        const place = this.#rungs[rung]!
        try {
          const backend = this.#open.get(place) ?? (await this.#openPlace(place))
          // Not a step to another backend, but less than there could be: said the same way, once.
          if (backend.lacks !== undefined && !this.#told.has(backend)) steps.push({ from: place, to: place, reason: backend.lacks })
          const result = await work(backend)
          this.#settle(rung, steps)
          return result
        } catch (thrown) {
          if (thrown instanceof SottoError && thrown.code !== 'compute-failed') throw thrown
          const reason = thrown instanceof Error ? thrown.message : String(thrown)
          // A lost one is of no use even to work that fails everywhere.
          if (this.#open.get(place)?.lost() !== undefined) this.#close(place)
          const to = this.#rungs[rung + 1]
          if (!to) throw new SottoError('compute-failed', `a model fails on every backend, on ${place}: ${reason}`, {}, { cause: thrown })
          steps.push({ from: place, to, reason })
        }
      }
    })
  }

  #settle(rung: number, steps: readonly StepDown<Place>[]): void {
    this.#rung = rung
    const backend = this.#open.get(this.#rungs[rung]!)!
    this.#told.add(backend)
    for (const step of steps) {
      if (step.from !== step.to) this.#close(step.from)
      this.#options.onStep(step)
    }
    this.#options.onBackend(backend)
  }

  async #openPlace(place: Place): Promise<OpenBackend> {
    const backend = await this.#load(place)
    this.#open.set(place, backend)
    return backend
  }

  async #load(place: Place): Promise<OpenBackend> {
    switch (place) {
      case 'webgpu':
        return (await import('./webgpu-backend')).openWebGpu(this.#options.gpu, this.#choice === 'webgpu')
      case 'wasm':
        return (await import('./wasm-backend')).openWasm(this.#options.wasmFiles)
      case 'cpu':
        return (await import('./cpu-backend')).openCpu()
      default:
        throw new SottoError('internal', `no tensor backend ${String(place satisfies never)}`)
    }
  }

  #close(place: Place): void {
    const backend = this.#open.get(place)
    if (!backend) return
    for (const resident of this.residents) resident.leave(backend)
    this.#open.delete(place)
    backend.close()
  }

  /** One piece of work at a time: tfjs has one current backend for all. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work)
    this.#tail = result.catch(() => {}) // whoever asked for it hears of it
    return result
  }
}

/** Backends that a choice allows, best first. Whatever is forced, what is below it stands in where it cannot work. */
function rungsOf(choice: ComputeChoice): readonly Place[] {
  switch (choice) {
    case 'auto':
    case 'webgpu':
      return ['webgpu', 'wasm', 'cpu']
    case 'wasm':
      return ['wasm', 'cpu']
    case 'js':
      return ['cpu']
    default:
      throw new SottoError('invalid-argument', `compute is ${String(choice satisfies never)}, expected auto, webgpu, wasm or js`)
  }
}
