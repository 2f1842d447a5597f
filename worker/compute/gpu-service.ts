import { SottoError } from '../../src/shared/errors'

/** A share in the one GPU device of this worker. */
export interface GpuLease {
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
  /** What the adapter says of itself. */
  readonly adapter: string
  /** Whether the adapter is the CPU in disguise. */
  readonly isSoftware: boolean
  /** Why the device is gone, once it is. Buffers of a lost device read as zeros, without an error. */
  readonly lost: string | undefined
  /** The device is destroyed with the last share in it. */
  release(): void
}

/** Holds one device for index and models together. */
export class GpuService {
  constructor(readonly gpu: GPU | undefined) {}

  /**
   * A share in the device in use, or in a new one where there is none or it was lost.
   * @throws SottoError `compute-failed`: no WebGPU, no adapter, no device.
   */
  async lease(): Promise<GpuLease> {
    throw new SottoError('compute-failed', 'no WebGPU here')
  }
}
