import * as tf from '@tensorflow/tfjs-core'
import type { TensorBackend } from '../../../src/shared/status'

/** A tfjs backend that is set up. */
export interface OpenBackend {
  readonly name: Exclude<TensorBackend, 'none'>
  /** How it runs, in words. */
  readonly detail: string
  readonly threads?: number
  readonly adapter?: string
  /** What it had to do without, while it set up. */
  readonly lacks?: string
  /** Why it is gone, once it is. */
  lost(): string | undefined
  /**
   * Starts to watch for errors that the device tells of late. What it returns must be called in the same task; the promise that gives
   * rejects with the first of them.
   */
  watch(): () => Promise<void>
  /** Frees what it holds. Its tensors must have been disposed of. */
  close(): void
}

/** Registers a backend with tfjs, in the place of one that had its name, and those of its kernels that are not yet known. */
export function register(name: string, backend: tf.KernelBackend, kernels: readonly tf.KernelConfig[]): void {
  for (const kernel of kernels) if (!tf.getKernel(kernel.kernelName, name)) tf.registerKernel(kernel)
  unregister(name)
  tf.registerBackend(name, () => backend)
}

export function unregister(name: string): void {
  if (tf.findBackendFactory(name)) tf.removeBackend(name)
}

/**
 * Makes tensors that are made from here on, in this task, live on a backend. tfjs keeps one such choice for the whole worker, so every
 * piece of work begins with this.
 */
export function activate({ name }: OpenBackend): void {
  // Takes effect at once where the backend's factory is synchronous, as those above are; its promise has nothing to tell then.
  if (tf.getBackend() !== name) void tf.setBackend(name)
}
