import { bucketsOf, groupsOf } from './metric-buckets'
import type { Metric } from './signal-plan'

/** Parameters of Prio3Histogram (VDAF draft 08, section 7.4.4), which client and both aggregators must agree on. */
export type DapHistogram = { readonly length: number; readonly chunkLength: number }

/**
 * The one histogram that a metric is in DAP: every group has its own run of buckets, so that group and bucket are one secret, and a report says 1 of one of them.
 * @returns length: groups x buckets, at least 2; chunkLength: the one with the shortest proof, and of equals the shortest chunk.
 */
export function dapHistogram(metric: Metric): DapHistogram {
  const length = groupsOf(metric).length * bucketsOf(metric).length
  return { length, chunkLength: shortestChunk(length) }
}

/** Place of an answer in its histogram. @param group place among `groupsOf`. @param bucket place among `bucketsOf`. */
export function dapIndex(metric: Metric, group: number, bucket: number): number {
  return group * bucketsOf(metric).length + bucket
}

/**
 * A proof has 2 x chunk + 2 x (p - 1) + 1 field elements, p the least power of two above the number of chunks (VDAF draft 08, sections 7.3.2 and 7.4.4):
 * the best is one less than a power of two of chunks.
 */
function shortestChunk(length: number): number {
  const powers = Array.from({ length: Math.floor(Math.log2(length + 1)) }, (_, at) => 2 ** (at + 1))
  const candidates = powers.map((power) => {
    const chunk = Math.ceil(length / (power - 1))
    return { chunk, elements: 2 * chunk + 2 * (power - 1) }
  })
  return candidates.reduce((best, next) => (next.elements <= best.elements ? next : best)).chunk
}
