import type { GpuLease } from '../gpu-service'
import { gpuFailure } from './gpu-failure'

const SCOPES: readonly GPUErrorFilter[] = ['internal', 'out-of-memory', 'validation']

/**
 * Does work on a device so that whatever goes wrong there is an error: WebGPU itself reports by scopes and by `lost`, and otherwise goes on
 * with buffers of zeros.
 * @param work gives all its commands before it first waits: scopes of calls at the same time would mix otherwise.
 * @returns what the work returns, which was computed on a device that was there to the end.
 * @throws SottoError `compute-failed`: validation, memory, a defect of the driver, a lost device, or what the work itself throws.
 */
export async function guarded<T>(lease: GpuLease, work: (device: GPUDevice) => Promise<T>): Promise<T> {
  const { device } = lease
  if (lease.lost !== undefined) throw gpuFailure(lease.lost)
  for (const scope of SCOPES) device.pushErrorScope(scope)
  const working = (async () => work(device))()
  const reports = SCOPES.map(() => device.popErrorScope())
  const [errors, [result]] = await Promise.all([Promise.allSettled(reports), Promise.allSettled([working])])
  // Why it was lost says more than what failed because of that.
  if (lease.lost !== undefined) throw gpuFailure(lease.lost)
  for (const error of errors) {
    if (error.status === 'rejected') throw gpuFailure(messageOf(error.reason), error.reason)
    if (error.value) throw gpuFailure(error.value.message, error.value)
  }
  if (result.status === 'rejected') throw gpuFailure(messageOf(result.reason), result.reason)
  return result.value
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
