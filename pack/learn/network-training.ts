import { SottoError } from '../../src/shared/errors'
import type { InputSpec, Parts, Rows, Training, Weight } from '../../worker/compute/tensors/model'
import { sizeOf } from '../../worker/compute/tensors/model'
import { seededRandom, stepSeed } from '../../worker/compute/tensors/seeded-random'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { Settings } from '../../worker/models/model-part'
import { type Network, scoringModel } from '../../worker/models/network'
import { heldOutQuality } from './held-out-quality'
import type { HeldOut } from './known-sequences'
import type { Progress, TrainingCheckpoint } from './training-checkpoint'

/** What is trained, and how. */
export type NetworkTask = {
  readonly network: Network
  readonly settings: Settings
  /** Overwritten by those of the best epoch. */
  readonly weights: Record<string, Weight>
  readonly inputs: Readonly<Record<string, InputSpec>>
  readonly loss: Training['loss']
  /** All rows of one epoch, in the order in which they are learned from. */
  rows(random: () => number): Rows
  readonly heldOut: readonly HeldOut[]
}

export type TrainingOptions = {
  readonly tensors: TensorService
  readonly seed: number
  readonly checkpoint?: TrainingCheckpoint | undefined
  /** Told 0 to 1 after each epoch. */
  readonly onProgress?: ((share: number) => void) | undefined
  /** Told of each epoch. */
  readonly onEpoch?: ((epoch: number, loss: number, quality: number) => void) | undefined
}

/**
 * Trains a network epoch by epoch until its quality on what was held out has not risen for `patience` epochs, or for `epochs`; what the best
 * epoch left is kept. Without anything held out it is trained for all epochs. Repeatable, also where it was broken off and went on from a
 * checkpoint.
 * @returns quality after each epoch.
 * @throws SottoError `invalid-argument` where the loss is not finite.
 */
export async function trainNetwork(task: NetworkTask, options: TrainingOptions): Promise<readonly number[]> {
  const { settings, weights, heldOut } = task
  const { tensors, seed, checkpoint } = options
  let progress = await checkpoint?.read()
  const parts: Parts = { name: task.network.name, weights, inputs: task.inputs }
  const training: Training = { ...parts, loss: task.loss, seed, learningRate: settings.learningRate! }
  const trainer = await tensors.train(progress ? { ...training, from: progress.state } : training)
  const model = await tensors.load(scoringModel(task.network, weights, settings))
  const maxEpochs = settings.epochs!
  try {
    while ((progress?.epoch ?? 0) < maxEpochs && !isStale(progress, heldOut.length > 0 ? settings.patience! : maxEpochs)) {
      const epoch: number = progress?.epoch ?? 0
      const rows = task.rows(seededRandom(stepSeed(seed, epoch)))
      const loss = await trainEpoch(trainer.step.bind(trainer), parts, rows, settings)
      await trainer.save()
      model.refresh()
      const quality = await heldOutQuality(model, heldOut, task.network.length(settings))
      const state = await trainer.state()
      const isBest = heldOut.length === 0 || quality > Math.max(-1, ...(progress?.qualities ?? []))
      const best: readonly Float32Array[] = isBest ? state.learned.map(([values]) => values) : progress!.best
      progress = { epoch: epoch + 1, state, qualities: [...(progress?.qualities ?? []), quality], best }
      await checkpoint?.write(progress)
      options.onEpoch?.(epoch, loss, quality)
      options.onProgress?.(progress.epoch / maxEpochs)
    }
  } finally {
    model.dispose()
    trainer.dispose()
  }
  if (!progress) throw new SottoError('invalid-argument', `${task.network.name}: epochs is ${maxEpochs}, expected at least 1`)
  for (const [slot, { values }] of Object.values(weights).entries()) values.set(progress.best[slot]!)
  options.onProgress?.(1)
  await checkpoint?.remove()
  return progress.qualities
}

function isStale(progress: Progress | undefined, patience: number): boolean {
  if (!progress) return false
  const { qualities } = progress
  return qualities.length - 1 - qualities.indexOf(Math.max(...qualities)) >= patience
}

/** At most `steps` batches of the rows: a large log takes several epochs, so that quality is looked at often enough. @returns their mean loss. */
async function trainEpoch(
  step: (rows: Rows) => Promise<number>,
  { inputs }: Parts,
  rows: Rows,
  { batch, steps }: Settings,
): Promise<number> {
  const [first, spec] = Object.entries(inputs)[0]!
  const count = rows[first]!.length / sizeOf(spec.shape)
  const batches = Math.min(steps!, Math.ceil(count / batch!))
  let sum = 0
  for (let at = 0; at < batches; at++) {
    const from = at * batch!
    const part = Object.entries(inputs).map(([name, { shape }]) => {
      const size = sizeOf(shape)
      return [name, rows[name]!.subarray(from * size, (from + batch!) * size)] as const
    })
    sum += await step(Object.fromEntries(part))
  }
  return sum / batches
}
