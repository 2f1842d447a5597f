import type { Evaluation } from '../../pack/evaluate/evaluation'
import type { Protocol } from '../../pack/evaluate/evaluation-task'
import { HEADLINES } from '../../pack/evaluate/headline'
import type { Metric } from '../../pack/evaluate/metrics/quality-at'
import type { QualityMetric, QualityRow } from '../quality/quality-file'

const LABELS: Partial<Record<Metric, string>> = { hr: 'Hits' }
const BY_PLACE = 'Hits, by place'

/**
 * The figures that published tables give for a protocol, each with what pure chance would come to where one product is asked for.
 *
 * @param items all that are ranked.
 */
export function qualityMetrics(protocol: Protocol, items: number): QualityMetric[] {
  return HEADLINES[protocol].map(({ metric, cutoff }) => {
    const chance = protocol === 'next-basket' ? undefined : chanceOf(metric, cutoff, items)
    return { id: `${metric}@${cutoff}`, label: LABELS[metric] ?? BY_PLACE, ...(chance !== undefined && { chance }) }
  })
}

/**
 * What was measured of each model.
 *
 * @throws Error naming a model that failed: a chart without it would hide that.
 */
export function measuredRows({ protocol, models, absent }: Evaluation): QualityRow[] {
  const failed = absent.find(({ isFault }) => isFault)
  if (failed) throw new Error(`${failed.model} could not be measured: ${failed.reason}`)
  return models.map(({ model, quality }) => ({
    name: model,
    kind: 'ours',
    values: Object.fromEntries(HEADLINES[protocol].map(({ metric, cutoff }) => [`${metric}@${cutoff}`, quality.at[cutoff]![metric]])),
  }))
}

/** The mean where the one target stands at any place with the same chance; `undefined` for metrics that are not shown. */
function chanceOf(metric: Metric, cutoff: number, items: number): number | undefined {
  const worth = { hr: () => 1, ndcg: (place: number) => 1 / Math.log2(place + 1), mrr: (place: number) => 1 / place }
  if (!(metric === 'hr' || metric === 'ndcg' || metric === 'mrr')) return undefined
  let sum = 0
  for (let place = 1; place <= Math.min(cutoff, items); place++) sum += worth[metric](place)
  return sum / items
}
