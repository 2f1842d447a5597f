import { SottoError } from '../errors'

/** Gives as many fresh bytes as asked for, all 256 values equally likely. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>

/** Web Crypto, the same in pages, workers and Node: this room has the types of none of them. */
declare const crypto: { getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> }

/** Bytes asked of the source at once: one call of Web Crypto costs more than all that is made of its answer. */
const POOL_BYTES = 512
const RANGE = 2 ** 32

/** From `crypto.getRandomValues`: what anything that leaves the device must be drawn with. @param count at most 65,536. */
export const cryptoBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count))

/**
 * Exactly uniform whole numbers. No fraction is ever drawn: the last bits of floating-point noise give away what it was added to.
 * Source: Mironov, On significance of the least significant bits for differential privacy, CCS 2012, section 4.
 */
export class RandomIntegers {
  readonly #source: RandomBytes
  #pool = new DataView(new ArrayBuffer(0))
  #at = 0
  constructor(bytes: RandomBytes) {
    this.#source = bytes
  }

  /**
   * Draws from 0 … `limit` − 1 by rejection; takes four bytes a try, two tries at the very most on average.
   * @param limit whole, 1 to 2^32.
   * @throws SottoError `internal` for any other limit.
   */
  below(limit: number): number {
    if (!(limit >= 1 && limit <= RANGE && limit % 1 === 0)) throw new SottoError('internal', `draws are below 1 to 2^32; got ${limit}`)
    const end = RANGE - (RANGE % limit)
    let drawn: number
    do drawn = this.#next()
    while (drawn >= end)
    return drawn % limit
  }

  /** Fresh bytes of the source, for a nonce. */
  bytes(count: number): Uint8Array<ArrayBuffer> {
    return this.#source(count)
  }

  #next(): number {
    if (this.#at + 4 > this.#pool.byteLength) {
      this.#pool = new DataView(this.#source(POOL_BYTES).buffer)
      this.#at = 0
    }
    this.#at += 4
    return this.#pool.getUint32(this.#at - 4)
  }
}
