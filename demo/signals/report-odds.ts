import { chancesOf, type SubsetDesign } from 'sotto/signals'

/** What anybody who sees one single report learns from it. */
export type ReportOdds = {
  /** That a report names a bucket: of whoever is in it, and of anybody else. */
  readonly p: number
  readonly q: number
  /** Buckets that a report names. */
  readonly named: number
  /** That a guess of one of the named buckets is right, for somebody who knew nothing before; and what it was before. */
  readonly guess: number
  readonly guessBefore: number
  /** How much likelier, at the very most, a report makes one visitor than another: e to the power of epsilon. */
  readonly atMost: number
}

/** The odds by the thresholds that reports are really drawn with. */
export function reportOdds(design: SubsetDesign): ReportOdds {
  const { k, d } = design
  const { p, q } = chancesOf(design)
  // Each bucket is as likely as any other beforehand, and d of them are named: p + (k − 1) q = d.
  return { p, q, named: d, guess: p / d, guessBefore: 1 / k, atMost: Math.exp(design.microEpsilon / 1e6) }
}

/** Places of the buckets that a report names, rising. @param bits [8] as in a report. */
export function namedBuckets(bits: Uint8Array, buckets: number): number[] {
  return Array.from({ length: buckets }, (_, bucket) => bucket).filter((bucket) => (bits[bucket >> 3]! >> (bucket & 7)) & 1)
}
