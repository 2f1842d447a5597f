import * as tf from '@tensorflow/tfjs-core'
import { evaluate, upload } from '../../worker/compute/tensors/evaluate'
import { inputTensors } from '../../worker/compute/tensors/input-tensors'
import type { Rows, TensorMap } from '../../worker/compute/tensors/model'
import type { OpenBackend } from '../../worker/compute/tensors/open-backend'
import { createOps } from '../../worker/compute/tensors/ops'
import { Plain, referenceOps } from './reference-ops'
import { seededRandom } from './reference-top-k'
import type { Network } from './tensor-networks'

const SEED = 77
/** Values of each weight whose gradients are compared, evenly spread: all of small ones. */
const COMPARED = 12
const compared = (values: readonly number[]) => values.filter((_, slot) => slot % Math.ceil(values.length / COMPARED) === 0)
const floats = (network: Network) => Object.keys(network.weights).filter((name) => network.weights[name]!.values instanceof Float32Array)

/** Loss and its gradient by every weight, as a backend computes them. */
export async function gradientsOn(backend: OpenBackend, network: Network, rows: Rows, count: number) {
  const names = floats(network)
  const weights = upload(backend, network.weights)
  const work = () => {
    const inputs = inputTensors(network, rows, 0, count)
    const loss = (...learned: tf.Tensor[]) => {
      const named = Object.fromEntries(names.map((name, slot) => [name, learned[slot]!]))
      return tf.reshape(network.loss(createOps(seededRandom(SEED)), { ...weights, ...named }, inputs), []) as tf.Scalar
    }
    const { value, grads } = tf.valueAndGrads(loss)(names.map((name) => weights[name]!))
    return [value, ...grads]
  }
  try {
    const { values } = await evaluate(backend, work, names.length + 1)
    return { loss: values[0]![0]!, gradients: Object.fromEntries(names.map((name, slot) => [name, compared([...values[slot + 1]!])])) }
  } finally {
    tf.dispose({ ...weights })
  }
}

/** Inputs and weights in float64. */
export function plainTensors(network: Network, rows: Rows, count: number) {
  const weights = Object.entries(network.weights).map(([name, { shape, values }]) => [name, new Plain(shape, [...values])] as const)
  const inputs = Object.entries(network.inputs).map(([name, { shape }]) => [name, new Plain([count, ...shape], [...rows[name]!])] as const)
  return { weights: Object.fromEntries(weights), inputs: Object.fromEntries(inputs) }
}

/** The same by central differences of the float64 reference: error about step² plus 1e-16 / step, so 1e-10. */
export function numericGradients(network: Network, rows: Rows, count: number) {
  const step = 1e-5
  const { weights, inputs } = plainTensors(network, rows, count)
  const lossOf = (changed: Record<string, Plain>) => {
    // The reference's tensors have all of a tensor that networks look at: its shape and size.
    const tensors = changed as unknown as TensorMap<string>
    const loss = network.loss(referenceOps(seededRandom(SEED)), tensors, inputs as unknown as TensorMap<string>)
    return (loss as unknown as Plain).values[0]!
  }
  const gradients = floats(network).map((name) => {
    const { shape, values } = weights[name]!
    const moved = (slot: number, by: number) => lossOf({ ...weights, [name]: new Plain(shape, values.with(slot, values[slot]! + by)) })
    const slots = compared([...values.keys()])
    return [name, slots.map((slot) => (moved(slot, step) - moved(slot, -step)) / (2 * step))] as const
  })
  return { loss: lossOf(weights), gradients: Object.fromEntries(gradients) }
}

/** What `run` should give, in float64. */
export function referenceRun(
  network: Pick<Network, 'weights' | 'inputs' | 'forward' | 'name' | 'outputs'>,
  rows: Rows,
  count: number,
): number[][] {
  const { weights, inputs } = plainTensors(network as Network, rows, count)
  const made = network.forward(referenceOps(), weights as unknown as TensorMap<string>, inputs as unknown as TensorMap<string>)
  return (Array.isArray(made) ? made : [made]).map((output) => [...(output as unknown as Plain).values])
}

/** The largest difference, as a share of what is tolerated: absolute plus relative. Infinite where a value is missing or not a number. */
export function worst(found: ArrayLike<number>, expected: ArrayLike<number>, { absolute, relative }: Tolerance): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY
  return Array.from(expected).reduce((most, value, i) => {
    const off = Math.abs(found[i]! - value) / (absolute + relative * Math.abs(value))
    return Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(most, off)
  }, 0)
}
export type Tolerance = { readonly absolute: number; readonly relative: number }
