import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu'
import { SottoError } from '../../../src/shared/errors'
import type { GpuService } from '../gpu-service'
import { webgpuKernels } from './kernels/webgpu-kernels'
import { type OpenBackend, register, unregister } from './open-backend'

const NAME = 'webgpu'
const SCOPES: readonly GPUErrorFilter[] = ['out-of-memory', 'validation', 'internal']

/**
 * Sets up tfjs on the device that the index uses too.
 * @param isForced takes a software adapter as well.
 * @throws SottoError `compute-failed`: no device, or only a software one.
 */
export async function openWebGpu(gpu: Pick<GpuService, 'lease'>, isForced: boolean): Promise<OpenBackend> {
  const lease = await gpu.lease()
  try {
    if (lease.isSoftware && !isForced)
      throw new SottoError('compute-failed', `${lease.adapter} is a GPU in software, slower than WebAssembly`)
    const { device } = lease
    register(NAME, new WebGPUBackend(device, lease.info), webgpuKernels)
    return {
      name: NAME,
      detail: lease.adapter,
      adapter: lease.adapter,
      lost: () => lease.lost,
      watch() {
        for (const scope of SCOPES) device.pushErrorScope(scope)
        return async () => {
          // All are taken off in one task, before anything else can use the device.
          const errors = await Promise.all(SCOPES.map(() => device.popErrorScope()))
          const error = errors.find((found) => found !== null)
          if (error) throw new SottoError('compute-failed', `the GPU refused: ${error.message}`)
        }
      },
      close() {
        unregister(NAME)
        lease.release()
      },
    }
  } catch (thrown) {
    lease.release()
    throw thrown
  }
}
