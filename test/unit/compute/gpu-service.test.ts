import { describe, expect, test } from 'vitest'
import { GpuService } from '../../../worker/compute/gpu-service'

const LIMITS = {
  maxBufferSize: 1,
  maxStorageBufferBindingSize: 2,
  maxComputeWorkgroupStorageSize: 3,
  maxComputeInvocationsPerWorkgroup: 4,
  maxComputeWorkgroupSizeX: 5,
  maxComputeWorkgroupsPerDimension: 6,
}

/** A GPU that gives devices which do nothing but get lost: destroyed by their owner, by `lose`, or at once with `isDoomed`. */
function fakeGpu({ isDoomed = false, refusal = '' } = {}) {
  const given: { destroyed: number; limits: unknown; lose(message: string): void }[] = []
  const gpu = {
    requestAdapter: async () => ({
      limits: LIMITS,
      info: { vendor: 'acme', architecture: 'two', device: '', description: '' },
      requestDevice: async ({ requiredLimits }: { requiredLimits: unknown }) => {
        if (refusal) throw new Error(refusal)
        let resolve = (_: { reason: string; message: string }) => {}
        const lost = new Promise<{ reason: string; message: string }>((settle) => {
          resolve = settle
        })
        const record = { destroyed: 0, limits: requiredLimits, lose: (message: string) => resolve({ reason: 'unknown', message }) }
        given.push(record)
        if (isDoomed) record.lose('overheated')
        return {
          lost,
          destroy() {
            record.destroyed++
            resolve({ reason: 'destroyed', message: '' })
          },
        }
      },
    }),
  }
  // The service calls nothing else of it.
  return { gpu: gpu as unknown as GPU, given }
}

describe('GpuService', () => {
  test('without WebGPU, and without an adapter', async () => {
    await expect(new GpuService(undefined).lease()).rejects.toMatchObject({ code: 'compute-failed', message: 'this browser has no WebGPU' })
    for (const requestAdapter of [async () => null, () => Promise.reject(new Error('blocked'))]) {
      // The service calls nothing else of it.
      const lease = new GpuService({ requestAdapter } as unknown as GPU).lease()
      await expect(lease).rejects.toMatchObject({ code: 'compute-failed', message: 'WebGPU has no adapter here' })
    }
  })

  test('an adapter that refuses: the reason is told, and the next call asks again', async () => {
    const options = { refusal: 'too many devices' }
    const { gpu } = fakeGpu(options)
    const service = new GpuService(gpu)
    const both = await Promise.allSettled([service.lease(), service.lease()])
    expect(both).toMatchObject(
      [1, 2].map(() => ({ reason: { code: 'compute-failed', message: expect.stringContaining('too many devices') } })),
    )
    const { gpu: better, given } = fakeGpu()
    Object.assign(gpu, better)
    expect(await service.lease()).toMatchObject({ adapter: 'acme two', isSoftware: false, lost: undefined })
    expect(given).toHaveLength(1)
  })

  test('concurrent leases share one device, with the limits of its adapter; the last one back destroys it', async () => {
    const { gpu, given } = fakeGpu()
    const service = new GpuService(gpu)
    const [first, second] = await Promise.all([service.lease(), service.lease()])
    const third = await service.lease()
    expect(given).toMatchObject([{ limits: LIMITS }])
    expect(new Set([first.device, second.device, third.device]).size).toBe(1)
    first.release()
    first.release()
    second.release()
    expect(given[0]!.destroyed).toBe(0)
    expect(third.lost).toBeUndefined()
    third.release()
    expect(given[0]!.destroyed).toBe(1)
    expect(third.lost).toBe('it was given back')
    expect((await service.lease()).device).not.toBe(third.device)
  })

  test('a share given back while another call waits for the same device', async () => {
    const { gpu, given } = fakeGpu()
    const service = new GpuService(gpu)
    const first = service.lease().then((lease) => lease.release())
    const second = service.lease()
    await first
    expect((await second).lost).toBeUndefined()
    expect(given.at(-1)!.destroyed).toBe(0)
  })

  test('a lost device: those who share it see why, the next call gets a new one, and the old ones do no harm', async () => {
    const { gpu, given } = fakeGpu()
    const service = new GpuService(gpu)
    const before = await service.lease()
    given[0]!.lose('driver reset')
    await before.device.lost
    expect(before.lost).toBe('driver reset')
    const after = await service.lease()
    expect(after.device).not.toBe(before.device)
    before.release()
    expect(after.lost).toBeUndefined()
    expect((await service.lease()).device).toBe(after.device)
    expect(given.map(({ destroyed }) => destroyed)).toEqual([1, 0])
  })

  test('devices that are lost at once are none', async () => {
    const { gpu, given } = fakeGpu({ isDoomed: true })
    await expect(new GpuService(gpu).lease()).rejects.toMatchObject({
      code: 'compute-failed',
      message: expect.stringContaining('overheated'),
    })
    expect(given).toHaveLength(2)
  })
})
