import { BufferSet } from './buffer-set'
import { BUFFER_USAGE, MAP_FOR_READING } from './flags'

/** Kept for the next call: more are in use at once only where calls overlap. */
const MAX_IDLE = 2

/** Buffers through which results come back: one being read cannot be written, so calls at the same time need one each. */
export class ReadPool {
  readonly #buffers: BufferSet
  #idle: GPUBuffer[] = []
  #isClosed = false

  constructor(device: GPUDevice) {
    this.#buffers = new BufferSet(device)
  }

  /**
   * Commands that bring the first `sizeBytes` of `source` back, after those in `encoder`, which it submits.
   * @returns a copy of them, once they are there. Rejects with what the browser says where they cannot be read.
   */
  async read(device: GPUDevice, encoder: GPUCommandEncoder, source: GPUBuffer, sizeBytes: number): Promise<ArrayBuffer> {
    const buffer = this.#take(sizeBytes)
    try {
      encoder.copyBufferToBuffer(source, 0, buffer, 0, sizeBytes)
      device.queue.submit([encoder.finish()])
      await buffer.mapAsync(MAP_FOR_READING, 0, sizeBytes)
      const bytes = buffer.getMappedRange(0, sizeBytes).slice(0)
      buffer.unmap()
      this.#give(buffer)
      return bytes
    } catch (thrown) {
      this.#buffers.free(buffer) // nobody knows in which state it is
      throw thrown
    }
  }

  /** Frees what nobody reads; the rest is freed when it was read. */
  close(): void {
    this.#isClosed = true
    for (const buffer of this.#idle.splice(0)) this.#buffers.free(buffer)
  }

  #take(sizeBytes: number): GPUBuffer {
    const fitting = this.#idle.findIndex(({ size }) => size >= sizeBytes)
    return (
      this.#idle.splice(fitting, fitting < 0 ? 0 : 1)[0] ?? this.#buffers.make(sizeBytes, BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST)
    )
  }

  #give(buffer: GPUBuffer): void {
    if (!this.#isClosed) this.#idle.push(buffer)
    else this.#buffers.free(buffer)
    // The oldest go first: what was made last is as large as calls now need.
    while (this.#idle.length > MAX_IDLE) this.#buffers.free(this.#idle.shift())
  }
}
