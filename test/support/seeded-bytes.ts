import { seededRandom } from '../../bench/support/seeded-random'
import type { RandomBytes } from '../../src/shared/signals/random-integers'

/** The same bytes for the same seed, so that a test of chance comes out the same each time. */
export function seededBytes(seed: number): RandomBytes {
  const random = seededRandom(seed)
  return (count) => {
    const bytes = new Uint8Array(count)
    for (let at = 0; at < count; at += 4) {
      const word = random() * 2 ** 32
      for (let byte = at; byte < Math.min(count, at + 4); byte++) bytes[byte] = word >>> (8 * (byte - at))
    }
    return bytes
  }
}
