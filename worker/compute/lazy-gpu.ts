import type { GpuLease, GpuService } from './gpu-service'

/** The one GPU of this worker; what asks for its device is loaded with the first lease. */
export class LazyGpu {
  #service: Promise<GpuService> | undefined

  /** @param gpu `navigator.gpu`, where the browser has it. */
  constructor(readonly gpu: GPU | undefined) {}

  /** See `GpuService.lease`; also rejects where the code does not load. */
  async lease(): Promise<GpuLease> {
    this.#service ??= import('./gpu-service').then(
      ({ GpuService }) => new GpuService(this.gpu),
      (thrown: unknown) => {
        this.#service = undefined // tried again at the next need
        throw thrown
      },
    )
    return (await this.#service).lease()
  }
}
