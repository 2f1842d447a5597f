import * as tf from '@tensorflow/tfjs-core'
import { SottoError } from '../../../src/shared/errors'
import type { TensorMap, Weight } from './model'
import { activate, type OpenBackend } from './open-backend'

/**
 * Runs a piece of work on a backend and reads from what it made. No result is believed before the device has said that nothing went wrong
 * and that it is still there: buffers of a lost one read as zeros.
 *
 * @param work makes tensors; what it does not return is freed. Called once, in this task.
 * @param readCount how many of the returned tensors are read, from the first on; those are freed too.
 * @returns the values read, and the tensors not read, which the caller owns. Where this throws, nothing is left behind.
 * @throws whatever `work` throws; SottoError `compute-failed` for an error or a loss of the device.
 */
export async function evaluate(
  backend: OpenBackend,
  work: () => tf.Tensor[],
  readCount: number,
): Promise<{ readonly values: readonly (Float32Array | Int32Array | Uint8Array)[]; readonly kept: readonly tf.Tensor[] }> {
  activate(backend)
  const check = backend.watch()
  let made: tf.Tensor[] = []
  const reads: Promise<Float32Array | Int32Array | Uint8Array>[] = []
  try {
    // Tensors that live on (a weight given back as a result) are copied, so that freeing results never frees them.
    made = tf.tidy(() => work().map((tensor) => tf.clone(tensor)))
    for (const tensor of made.slice(0, readCount)) reads.push(tensor.data())
  } catch (thrown) {
    dropTape()
    reads.push(Promise.reject(thrown))
  }
  const [read, checked] = await Promise.all([Promise.allSettled(reads), Promise.allSettled([check()])])
  const loss = backend.lost()
  const failure = [...checked, ...read].find((result) => result.status === 'rejected')
  const isSound = loss === undefined && !failure
  tf.dispose(isSound ? made.slice(0, readCount) : made)
  if (loss !== undefined) throw new SottoError('compute-failed', `the GPU was lost: ${loss}`)
  if (failure) throw failure.reason
  return { values: read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])), kept: made.slice(readCount) }
}

/** Builds tensors from weights. They are the caller's to free. @throws what the backend throws; nothing is left behind then. */
export function upload<Names extends string>(backend: OpenBackend, weights: Readonly<Record<Names, Weight>>): TensorMap<Names> {
  activate(backend)
  const tensors: Record<string, tf.Tensor> = {}
  try {
    for (const [name, { shape, values }] of Object.entries<Weight>(weights)) tensors[name] = toTensor(values, shape)
  } catch (thrown) {
    tf.dispose(tensors)
    throw thrown
  }
  return tensors as Record<Names, tf.Tensor> // one was made for each name
}

/** A tensor of these values. Some backends keep the very array. */
export function toTensor(values: Float32Array | Int32Array, shape: readonly number[]): tf.Tensor {
  return tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32')
}

/** tfjs frees what it saved for a gradient only when the gradient was computed; where that threw, it is freed here. */
function dropTape(): void {
  const { state } = tf.engine()
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? [])
  state.activeTape = []
}
