import { SottoError } from '../../src/shared/errors'
import { describeAdapter, isSoftware, probeAdapter } from './adapter'

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
  /** Compiled on this device so far, for all who share it. */
  readonly pipelines: Map<string, Promise<GPUComputePipeline>>
  /** The device is destroyed with the last share in it. A second call does nothing. */
  release(): void
}

/** A device, and how many share it. */
type Shared = Omit<GpuLease, 'lost' | 'release'> & { lost: string | undefined; users: number }

/** A device may be lost while it is asked for; one that always is, is none. */
const TRIES = 2

/** Taken from the adapter: what scans and models outgrow first, where the default is for the least of devices. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const

/** Holds one device for index and models together. */
export class GpuService {
  #shared: Promise<Shared> | undefined

  /** @param gpu `navigator.gpu`, where the browser has it. */
  constructor(readonly gpu: GPU | undefined) {}

  /**
   * A share in the device in use, or in a new one where there is none or it was lost. Calls at the same time share one request. The device
   * has its adapter's limits (`LIMITS`), and no optional features.
   * @throws SottoError `compute-failed`: no WebGPU, no adapter, no device.
   */
  async lease(): Promise<GpuLease> {
    let lost = ''
    for (let turn = 0; turn < TRIES; turn++) {
      this.#shared ??= openDevice(this.gpu)
      const request = this.#shared
      const shared = await request.catch((thrown: unknown) => {
        this.#drop(request) // asked for anew by the next call
        throw thrown
      })
      if (shared.lost === undefined) return this.#share(shared, request)
      lost = shared.lost
      this.#drop(request)
    }
    throw failed(`the GPU's device is lost as soon as it is given: ${lost}`)
  }

  #share(shared: Shared, request: Promise<Shared>): GpuLease {
    const { device, info, adapter, isSoftware, pipelines } = shared
    let isHeld = true
    shared.users++
    const release = () => {
      if (!isHeld) return
      isHeld = false
      if (--shared.users > 0) return
      shared.lost ??= 'it was given back'
      this.#drop(request)
      device.destroy()
    }
    return {
      device,
      info,
      adapter,
      isSoftware,
      pipelines,
      release,
      get lost() {
        return shared.lost
      },
    }
  }

  #drop(request: Promise<Shared>): void {
    if (this.#shared === request) this.#shared = undefined
  }
}

/** An adapter gives only one device, so each device has an adapter of its own. */
async function openDevice(gpu: GPU | undefined): Promise<Shared> {
  if (!gpu) throw failed('this browser has no WebGPU')
  const adapter = await probeAdapter(gpu)
  if (!adapter) throw failed('WebGPU has no adapter here')
  const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]))
  const device = await adapter.requestDevice({ requiredLimits }).catch((cause: unknown) => {
    throw failed(`the GPU gives no device: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  })
  const shared: Shared = {
    device,
    info: adapter.info,
    adapter: describeAdapter(adapter),
    isSoftware: isSoftware(adapter),
    pipelines: new Map(),
    lost: undefined,
    users: 0,
  }
  // Never rejects. Nothing else tells: work on a lost device goes through, and its results are zeros.
  void device.lost.then(({ reason, message }) => {
    shared.lost ??= message || reason
  })
  return shared
}

function failed(message: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', message, {}, { cause })
}
