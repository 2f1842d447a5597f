/**
 * A generator for training, where a run must be repeatable. Not for privacy noise.
 * @param seed any integer; its low 32 bits count.
 * @returns numbers in [0, 1), multiples of 2^-32.
 * Source: SplitMix (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014), the 32-bit step with the
 * finalizer of MurmurHash3 (Appleby, 2011).
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    return (mix(state) >>> 0) / 2 ** 32
  }
}

/** Seed of the `step`-th of many generators: neighbours have nothing in common. */
export function stepSeed(seed: number, step: number): number {
  return mix(mix(seed) ^ Math.imul(step + 1, 0x85ebca6b))
}

function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
