/** Buffers of one device that are freed together. */
export class BufferSet {
  readonly #buffers = new Set<GPUBuffer>()
  readonly #device: GPUDevice

  constructor(device: GPUDevice) {
    this.#device = device
  }

  /** A buffer of zeros, of at least `sizeBytes` and never empty. Too little memory shows in the error scope. */
  make(sizeBytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const buffer = this.#device.createBuffer({ size: Math.max(4, Math.ceil(sizeBytes / 4) * 4), usage })
    this.#buffers.add(buffer)
    return buffer
  }

  /** Frees one. Work already given to the device still has it to its end. */
  free(buffer: GPUBuffer | undefined): void {
    if (buffer && this.#buffers.delete(buffer)) buffer.destroy()
  }

  /** Frees all that are left; the set can be used on. */
  freeAll(): void {
    for (const buffer of this.#buffers) buffer.destroy()
    this.#buffers.clear()
  }
}
