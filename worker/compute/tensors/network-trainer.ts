import * as tf from '@tensorflow/tfjs-core'
import { SottoError } from '../../../src/shared/errors'
import { type AdamState, adamStep } from './adam'
import { checkRows } from './check-rows'
import { evaluate, upload } from './evaluate'
import { inputTensors } from './input-tensors'
import type { Rows, TensorMap, Trainer, Training, TrainingState } from './model'
import type { OpenBackend } from './open-backend'
import { createOps } from './ops'
import { seededRandom, stepSeed } from './seeded-random'
import type { Resident, TensorRunner } from './tensor-runner'

/** Steps between two copies to the CPU: at most so many are done again where a device is lost. */
const SNAPSHOT_STEPS = 20

/** What Adam knows after some number of steps, on a backend, with the weights that are not learned. */
type Home = { readonly backend: OpenBackend; readonly fixed: TensorMap<string>; learned: readonly AdamState[]; step: number }

/**
 * Trains on whatever backend works. The batches since the last snapshot are kept, so that after a loss the next backend starts from the
 * snapshot and takes the same steps with the same draws: nothing that was learned is lost.
 */
export class NetworkTrainer implements Trainer, Resident {
  readonly #runner: TensorRunner
  readonly #training: Training
  readonly #learned: readonly string[]
  #snapshot: TrainingState
  #since: Rows[] = []
  #home: Home | undefined
  #isDisposed = false

  constructor(runner: TensorRunner, training: Training) {
    const { name, weights } = training
    this.#runner = runner
    this.#training = training
    this.#learned = training.learned ?? Object.keys(weights).filter((weight) => weights[weight]!.values instanceof Float32Array)
    const learned = this.#learned.map((weight) => {
      const start = weights[weight]?.values
      if (!(start instanceof Float32Array)) throw new SottoError('invalid-argument', `${name}: ${weight} is no weight of float32 values`)
      return [start.slice(), new Float32Array(start.length), new Float32Array(start.length)] as const
    })
    if (!learned.length) throw new SottoError('invalid-argument', `${name} has no weight to learn`)
    this.#snapshot = training.from ? checkState(name, training.from, learned) : { step: 0, learned }
    runner.residents.add(this)
  }

  async step(rows: Rows): Promise<number> {
    if (checkRows(this.#training, rows) === 0) throw new SottoError('invalid-argument', `${this.#training.name}: a batch has no rows`)
    const batch = Object.fromEntries(Object.keys(this.#training.inputs).map((input) => [input, rows[input]!.slice()]))
    return this.#runner.attempt(async (backend) => {
      const home = await this.#settleOn(backend)
      const loss = await this.#take(home, batch)
      // Nothing can fail any more that would have the step done twice, but the snapshot, which starts over from the one before.
      if (this.#since.length + 1 >= SNAPSHOT_STEPS) await this.#takeSnapshot(home)
      else this.#since.push(batch)
      return loss
    })
  }

  async save(): Promise<void> {
    const { weights } = this.#training
    const { learned } = await this.state()
    for (const [slot, weight] of this.#learned.entries()) weights[weight]!.values.set(learned[slot]![0])
  }

  async state(): Promise<TrainingState> {
    await this.#runner.attempt(async (backend) => this.#takeSnapshot(await this.#settleOn(backend)))
    return this.#snapshot
  }

  dispose(): void {
    this.#isDisposed = true
    this.#free()
    this.#runner.residents.delete(this)
  }

  leave(backend: OpenBackend): void {
    if (this.#home?.backend === backend) this.#free()
  }

  /** Where training stands, on this backend: from the snapshot and the batches since, unless it is there already. */
  async #settleOn(backend: OpenBackend): Promise<Home> {
    this.#checkOpen()
    const now = this.#snapshot.step + this.#since.length
    if (this.#home?.backend === backend && this.#home.step === now) return this.#home
    this.#free()
    const { weights } = this.#training
    const learned = new Set(this.#learned)
    const fixed = upload(backend, Object.fromEntries(Object.entries(weights).filter(([weight]) => !learned.has(weight))))
    const home: Home = { backend, fixed, learned: [], step: this.#snapshot.step }
    this.#home = home
    const parts = this.#snapshot.learned.flatMap((arrays, slot) =>
      arrays.map((values, part) => [`${3 * slot + part}`, { shape: weights[this.#learned[slot]!]!.shape, values }] as const),
    )
    home.learned = triples(this.#learned.length, Object.values(upload(backend, Object.fromEntries(parts))))
    for (const batch of this.#since) await this.#take(home, batch)
    return home
  }

  /** One step of Adam. Only when the backend has said that all went well do the new tensors take the old ones' place. */
  async #take(home: Home, batch: Rows): Promise<number> {
    const { name, learningRate = 0.001, seed = 1 } = this.#training
    const rows = checkRows(this.#training, batch)
    const { values, kept } = await evaluate(
      home.backend,
      () => {
        const ops = createOps(seededRandom(stepSeed(seed, home.step)))
        const inputs = inputTensors(this.#training, batch, 0, rows)
        const learned = home.learned.map(([weight]) => weight)
        const named = Object.fromEntries(this.#learned.map((weight, slot) => [weight, learned[slot]!]))
        const loss = () => tf.reshape(this.#training.loss(ops, { ...home.fixed, ...named }, inputs), []) // of one value: tfjs asserts it
        const { value, grads } = tf.engine().gradients(loss, learned)
        const idle = this.#learned.find((_, slot) => !grads[slot])
        if (idle !== undefined)
          throw new SottoError('invalid-argument', `${name}: the loss does not depend on ${idle}; leave it out of learned`)
        const next = home.learned.flatMap((state, slot) => adamStep(state, grads[slot]!, home.step + 1, learningRate))
        return [value, ...next]
      },
      1,
    )
    const loss = values[0]![0]!
    if (this.#home !== home || !Number.isFinite(loss)) {
      tf.dispose([...kept])
      this.#checkOpen()
      throw new SottoError('invalid-argument', `${name}: the loss is ${loss} in step ${home.step + 1}; lower learningRate`)
    }
    tf.dispose(home.learned.flatMap((state) => [...state]))
    home.learned = triples(home.learned.length, kept)
    home.step++
    return loss
  }

  async #takeSnapshot(home: Home): Promise<void> {
    const states = home.learned.flatMap((state) => [...state])
    const { values } = await evaluate(home.backend, () => states, states.length)
    const arrays = values.map((value) => Float32Array.from(value)) // a backend may give its own array
    this.#snapshot = { step: home.step, learned: triples(this.#learned.length, arrays) }
    this.#since = []
  }

  #free(): void {
    if (this.#home) tf.dispose([...Object.values(this.#home.fixed), ...this.#home.learned.flatMap((state) => [...state])])
    this.#home = undefined
  }

  #checkOpen(): void {
    if (this.#isDisposed) throw new SottoError('closed', `the training of ${this.#training.name} was disposed; start another`)
  }
}

/** @throws SottoError `invalid-argument` for a state of another network. */
function checkState(name: string, from: TrainingState, learned: TrainingState['learned']): TrainingState {
  const fits =
    learned.length === from.learned.length &&
    learned.every((own, slot) => from.learned[slot]!.every(({ length }) => length === own[0].length))
  if (!fits) throw new SottoError('invalid-argument', `${name}: the state to go on from has other weights than the network`)
  return from
}

/** Cuts a list of 3 × count into its triples. */
function triples<T>(count: number, flat: readonly T[]): (readonly [T, T, T])[] {
  return Array.from({ length: count }, (_, slot) => [flat[3 * slot]!, flat[3 * slot + 1]!, flat[3 * slot + 2]!])
}
