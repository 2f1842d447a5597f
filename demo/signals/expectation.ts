import { varianceOf, Z95 } from 'sotto/signals'
import type { MetricOutcome } from './outcome'
import type { SimulatedMetric } from './simulated-metric'

/** Where estimates of a metric would fall, 95 times of 100, were so many browsers to report: no `value`, since nothing was drawn. */
export function expectedOutcome({ title, buckets, weights, design }: SimulatedMetric, visitors: number): MetricOutcome {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const rows = buckets.map((bucket, at) => {
    const truth = (visitors * weights[at]!) / total
    const reach = Z95 * Math.sqrt(varianceOf(design, visitors, truth))
    return { bucket, truth, low: truth - reach, high: truth + reach }
  })
  return { title, reports: visitors, rows }
}

/** The typical error of a bucket by the full variance: the root of the mean square over the buckets, in browsers. */
export function expectedError({ weights, design }: SimulatedMetric, visitors: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const variances = weights.map((weight) => varianceOf(design, visitors, (visitors * weight) / total))
  return Math.sqrt(variances.reduce((sum, variance) => sum + variance, 0) / variances.length)
}

/** The least share of browsers that can be told from none at all, with 95 % confidence: 0 to more than 1 (then nothing can). */
export function leastVisibleShare({ design }: SimulatedMetric, visitors: number): number {
  return (Z95 * Math.sqrt(varianceOf(design, visitors, 0))) / visitors
}
