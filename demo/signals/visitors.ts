import { drawSubset, type RandomIntegers } from 'sotto/signals'
import { drawBucket } from './draw-bucket'
import type { SimulatedMetric } from './simulated-metric'

/** What one visitor sends about one metric, and what only that visitor knows. */
export type DrawnReport = {
  /** Place among the simulated metrics. */
  readonly at: number
  /** What is true of the visitor. It never leaves with the report: it is kept to compare estimates with. */
  readonly truth: number
  /** [8] what is sent of it. */
  readonly bits: Uint8Array<ArrayBuffer>
}

/** Draws visitors and randomizes what is true of each, as their own browsers would. @returns one report a visitor and metric, visitor after visitor. */
export function drawVisitors(metrics: readonly SimulatedMetric[], visitors: number, random: RandomIntegers): DrawnReport[] {
  return Array.from({ length: visitors }, () =>
    metrics.map(({ weights, design }, at) => {
      const truth = drawBucket(weights, random)
      return { at, truth, bits: drawSubset(design, truth, random) }
    }),
  ).flat()
}
