import { SottoError } from '../errors'
import type { RandomIntegers } from './random-integers'
import { BITSET_BYTES } from './report'

/** How one metric's true bucket is hidden among others. */
export type SubsetDesign = {
  /** Buckets there are. */
  readonly k: number
  /** Buckets that every report holds. */
  readonly d: number
  /** The true bucket is in a report with exactly this chance, of 2^32. */
  readonly threshold: number
  /** What is charged, in millionths: never less than `exactEpsilon`. */
  readonly microEpsilon: number
}

/** That a bucket is in a report: `p` of whoever is in it, `q` of anybody else. */
export type Chances = { readonly p: number; readonly q: number }

const RANGE = 2 ** 32
/** Taken off before the threshold is rounded down, far more than `exp` and a division of doubles can err: what is kept is never above the ideal. */
const MARGIN = 2 ** -10

/**
 * Subset selection: a report is a set of d = max(1, round(k / (e^ε + 1))) buckets, which holds the true one with chance d e^ε / (d e^ε + k − d),
 * the others drawn uniformly. With d = 1 it is generalized randomized response; with k = 2, the one-bit mean of Ding, Kulkarni, Yekhanin 2017.
 * The chance is a whole number of 2^32, rounded down, so that what a report really costs is never above what is stated.
 *
 * @param k 2 to 64.
 * @param microEpsilon millionths, 1 to 20,000,000.
 * @throws SottoError `internal` for anything else: plans are checked where they are read.
 * Source: Ye, Barg: Optimal Schemes for Discrete Distribution Estimation under Locally Differential Privacy, IEEE Trans. Inf. Theory 2018,
 * section III; Wang et al.: Mutual Information Optimally Local Private Discrete Distribution Estimation, 2016.
 */
export function subsetDesign(k: number, microEpsilon: number): SubsetDesign {
  if (!(k >= 2 && k <= 64 && k % 1 === 0 && microEpsilon >= 1 && microEpsilon <= 2e7))
    throw new SottoError('internal', `no design for ${k} buckets and ${microEpsilon} millionths`)
  const e = Math.exp(microEpsilon / 1e6)
  const d = Math.max(1, Math.round(k / (e + 1)))
  return { k, d, threshold: Math.floor((RANGE * d * e) / (d * e + k - d) - MARGIN), microEpsilon }
}

/**
 * Draws one report.
 * @param bucket the true one, 0 to k − 1.
 * @returns [BITSET_BYTES] the set, d of its first k bits, bit 0 of byte 0 first.
 */
export function drawSubset({ k, d, threshold }: SubsetDesign, bucket: number, random: RandomIntegers): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(BITSET_BYTES)
  const holdsTruth = random.below(RANGE) < threshold
  // Selection sampling over the others, one after another (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
  let wanted = holdsTruth ? d - 1 : d
  let left = k - 1
  for (let other = 0; other < k; other++) {
    let isIn = holdsTruth
    if (other !== bucket) {
      isIn = random.below(left--) < wanted
      if (isIn) wanted--
    }
    if (isIn) bits[other >> 3]! |= 1 << (other & 7)
  }
  return bits
}

/** Of the threshold as it is, not of the ideal one. */
export function chancesOf({ k, d, threshold }: SubsetDesign): Chances {
  const p = threshold / RANGE
  return { p, q: (d - p) / (k - 1) }
}

/**
 * What one report really costs: the logarithm of the most that any report's chance can differ between two true buckets, from the threshold.
 * To about 1e-15: the audit compares without rounding.
 */
export function exactEpsilon({ k, d, threshold }: SubsetDesign): number {
  return Math.abs(Math.log((threshold * (k - d)) / ((RANGE - threshold) * d)))
}

/** Which buckets a report holds, rising. @param bits [BITSET_BYTES] */
export function bucketsIn(bits: Uint8Array): number[] {
  return Array.from({ length: 8 * BITSET_BYTES }, (_, bucket) => bucket).filter((bucket) => (bits[bucket >> 3]! >> (bucket & 7)) & 1)
}

/**
 * Refuses what no device of this design can have drawn.
 * @param bits [BITSET_BYTES]
 * @throws SottoError `report-invalid`, with `details.reason` `bits`: a wrong number of buckets, or buckets that there are not.
 */
export function checkSubset({ k, d }: SubsetDesign, bits: Uint8Array): void {
  const buckets = bucketsIn(bits)
  if (buckets.length === d && buckets.at(-1)! < k) return
  throw new SottoError('report-invalid', `a report of this metric holds ${d} of ${k} buckets; got another set`, { reason: 'bits' })
}
