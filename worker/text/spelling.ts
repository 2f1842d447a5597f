import { fnv1a } from './fnv1a'
import { toUnit } from './to-unit'

const BLOCK_DIMS = 32
const GOLDEN_RATIO = 0x9e3779b9
/** How much the word as a whole counts beside its trigrams. */
const WHOLE_WORD_WEIGHT = 0.5

/** The 32-bit finalizer of MurmurHash3 (Appleby). */
function mix(hash: number): number {
  let x = hash
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

/** Adds `weight` times the fixed vector of +1 and -1 that belongs to `text`. Writes into `out`, whose length is a multiple of 32. */
function addSigns(out: Float64Array, text: string, weight: number): void {
  const hash = fnv1a(text)
  for (let start = 0, block = 1; start < out.length; start += BLOCK_DIMS, block++) {
    const bits = mix(hash + Math.imul(GOLDEN_RATIO, block))
    for (let bit = 0; bit < BLOCK_DIMS; bit++) out[start + bit]! += (bits >>> bit) & 1 ? weight : -weight
  }
}

/**
 * A unit vector made of a word's letters alone: words spelt alike have a high cosine, all others one near 0.
 * @param word not empty.
 * @param dims multiple of 32.
 * @returns [dims]. Random projection of trigram counts by hashed signs: Charikar 2002, "Similarity estimation techniques from rounding
 * algorithms"; the word as a whole is added so that equal words stand out from similar ones.
 */
export function spelling(word: string, dims: number): Float64Array {
  const marked = `<${word}>`
  const characters = Array.from(marked)
  const out = new Float64Array(dims)
  for (let at = 2; at < characters.length; at++) addSigns(out, characters[at - 2]! + characters[at - 1] + characters[at], 1)
  toUnit(out)
  addSigns(out, marked, WHOLE_WORD_WEIGHT / Math.sqrt(dims))
  return toUnit(out)
}
