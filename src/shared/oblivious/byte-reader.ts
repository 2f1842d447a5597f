import { SottoError } from '../errors'

/** Reads messages of Oblivious and binary HTTP: numbers are big-endian, most vectors stand behind their length. What is returned is a copy. */
export class ByteReader {
  #at = 0

  constructor(private readonly bytes: Uint8Array) {}

  get left(): number {
    return this.bytes.length - this.#at
  }

  /** @throws SottoError `report-invalid`, `details.reason` `truncated`, past the end. */
  take(count: number): Uint8Array<ArrayBuffer> {
    if (count > this.left) {
      throw new SottoError('report-invalid', `a message ends too early: ${count} bytes are announced, ${this.left} are there`, {
        reason: 'truncated',
      })
    }
    this.#at += count
    return this.bytes.slice(this.#at - count, this.#at)
  }

  /** @param size in bytes, 1 to 6. */
  number(size: number): number {
    return this.take(size).reduce((sum, byte) => sum * 256 + byte, 0)
  }

  /** A variable-length integer (RFC 9000, section 16), up to 2^53; greater ones are longer than any message. */
  variable(): number {
    const first = this.number(1)
    return this.take((1 << (first >> 6)) - 1).reduce((sum, byte) => sum * 256 + byte, first & 63)
  }
}

/** A variable-length integer. @param value whole, 0 to 16,383: all that Sotto's own messages need. */
export function variableBytes(value: number): number[] {
  return value < 64 ? [value] : [64 | (value >> 8), value & 255]
}
