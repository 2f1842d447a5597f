import type { GpuLease } from '../gpu-service'
import { guarded } from './guarded'

/**
 * The pipeline of a shader with one entry point, compiled once for each device: that takes longer than most scans.
 * @param name under which it is kept; the same for the same shader and layout.
 * @param layout absent: the shader's own.
 * @throws SottoError `compute-failed` where it does not compile; the next call tries again.
 */
export function pipelineFor(
  lease: GpuLease,
  name: string,
  shader: () => string,
  layout?: (device: GPUDevice) => GPUBindGroupLayout,
): Promise<GPUComputePipeline> {
  const known = lease.pipelines.get(name)
  if (known) return known
  const made = guarded(lease, (device) =>
    device.createComputePipelineAsync({
      layout: layout ? device.createPipelineLayout({ bindGroupLayouts: [layout(device)] }) : 'auto',
      compute: { module: device.createShaderModule({ code: shader() }) },
    }),
  )
  lease.pipelines.set(name, made)
  made.catch(() => lease.pipelines.delete(name))
  return made
}
