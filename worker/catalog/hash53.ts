/**
 * A 53-bit hash of bytes, for telling contents apart (not for secrecy): two 32-bit multiplicative accumulators, mixed into each other at the end.
 * @returns integer from 0 to 2^53 - 1. Among 100,000 texts two share a hash with probability 6e-7.
 * Source: the finalizer is MurmurHash3's (Appleby); the constants are odd and close to 2^32 divided by irrational numbers.
 */
export function hash53(bytes: Uint8Array): number {
  let a = 0x9e3779b9 ^ bytes.length
  let b = 0x7f4a7c15
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    a = Math.imul(a ^ byte, 0x9e3779b1)
    b = Math.imul(b ^ byte, 0x5f356495)
  }
  const low = finish(a ^ (b >>> 15))
  const high = finish(b ^ (a >>> 13))
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}

function finish(hash: number): number {
  let x = hash
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
