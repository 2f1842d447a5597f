import * as tf from '@tensorflow/tfjs-core'
import { SottoError } from '../../../src/shared/errors'
import { checkRows } from './check-rows'
import { evaluate, upload } from './evaluate'
import { inputTensors } from './input-tensors'
import { type LoadedModel, type Model, type Rows, sizeOf, type TensorMap } from './model'
import type { OpenBackend } from './open-backend'
import { createOps } from './ops'
import type { Resident, TensorRunner } from './tensor-runner'

/** Large enough to keep every backend busy, small enough to give others a turn between batches. */
const BATCH_ROWS = 256

/** A model with its tensors on whatever backend ran it last. */
export class NetworkModel implements LoadedModel, Resident {
  readonly #runner: TensorRunner
  readonly #model: Model
  readonly #ops = createOps()
  #home: { readonly backend: OpenBackend; readonly weights: TensorMap<string> } | undefined
  #isDisposed = false

  constructor(runner: TensorRunner, model: Model) {
    this.#runner = runner
    this.#model = model
    runner.residents.add(this)
  }

  async run(rows: Rows): Promise<readonly Float32Array[]> {
    const { outputs, batchRows = BATCH_ROWS } = this.#model
    const count = checkRows(this.#model, rows)
    const results = outputs.map((shape) => new Float32Array(count * sizeOf(shape)))
    this.#checkOpen()
    if (count === 0) return results
    return this.#runner.attempt(async (backend) => {
      for (let from = 0; from < count; from += batchRows) {
        if (from > 0) await this.#runner.pause()
        const batch = Math.min(batchRows, count - from)
        const weights = this.#weightsOn(backend)
        const { values } = await evaluate(
          backend,
          () => this.#forward(weights, inputTensors(this.#model, rows, from, batch), batch),
          outputs.length,
        )
        for (const [slot, shape] of outputs.entries()) results[slot]!.set(values[slot]!, from * sizeOf(shape))
      }
      return results
    })
  }

  refresh(): void {
    this.#free()
  }

  dispose(): void {
    this.#isDisposed = true
    this.#free()
    this.#runner.residents.delete(this)
  }

  leave(backend: OpenBackend): void {
    if (this.#home?.backend === backend) this.#free()
  }

  #forward(weights: TensorMap<string>, inputs: TensorMap<string>, count: number): tf.Tensor[] {
    const { name, outputs } = this.#model
    const made = this.#model.forward(this.#ops, weights, inputs)
    const tensors = made instanceof tf.Tensor ? [made] : [...made]
    const expected = outputs.map((shape) => `[${[count, ...shape]}]`).join()
    const found = tensors.map(({ shape }) => `[${shape}]`).join()
    if (found !== expected) throw new SottoError('invalid-argument', `${name}: forward gives ${found}, outputs and rows say ${expected}`)
    return tensors
  }

  #weightsOn(backend: OpenBackend): TensorMap<string> {
    this.#checkOpen()
    if (this.#home?.backend !== backend) {
      this.#free()
      this.#home = { backend, weights: upload(backend, this.#model.weights) }
    }
    return this.#home!.weights
  }

  #free(): void {
    if (this.#home) tf.dispose({ ...this.#home.weights })
    this.#home = undefined
  }

  #checkOpen(): void {
    if (this.#isDisposed) throw new SottoError('closed', `${this.#model.name} was disposed; load it again`)
  }
}
