/** Reads the presentation language of DAP's messages (RFC 8446, section 3): big-endian numbers, vectors behind their length. */
export class DapReader {
  #at = 0

  constructor(private readonly bytes: Uint8Array) {}

  /** @param size bytes of the number, 1 to 8. @throws past the end. */
  number(size: number): number {
    return this.take(size).reduce((sum, byte) => sum * 256 + byte, 0)
  }

  /** The next bytes, copied. @throws past the end. */
  take(count: number): Uint8Array<ArrayBuffer> {
    if (this.#at + count > this.bytes.length) throw new Error(`${count} bytes are wanted at ${this.#at} of ${this.bytes.length}`)
    this.#at += count
    return this.bytes.slice(this.#at - count, this.#at)
  }

  /** A vector. @param size bytes of its length. */
  vector(size: number): Uint8Array<ArrayBuffer> {
    return this.take(this.number(size))
  }

  /** @throws if anything is left. */
  end(): void {
    if (this.#at !== this.bytes.length) throw new Error(`${this.bytes.length - this.#at} bytes are left over`)
  }
}
