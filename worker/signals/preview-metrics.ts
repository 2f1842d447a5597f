import type { PreviewedMetric } from '../../src/shared/signals/ledger'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { costOf, designOf } from '../../src/shared/signals/metric-design'
import { titleOf } from '../../src/shared/signals/metric-words'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import { bucketsIn, chancesOf, drawSubset } from '../../src/shared/signals/subset-selection'
import { placeOf } from './answers'
import type { KeptGroups } from './signals-schema'

/**
 * What each metric of a plan would say of the current epoch, and an example of what would be told of it: drawn anew each time, and never sent.
 * @param measure gives the true bucket.
 */
export async function previewMetrics(
  { mode, metrics }: SignalPlan,
  groups: KeptGroups[number],
  measure: (metric: Metric, group: number) => Promise<number>,
  random: RandomIntegers,
): Promise<readonly PreviewedMetric[]> {
  const previewed: PreviewedMetric[] = []
  for (const metric of metrics) {
    const buckets = bucketsOf(metric)
    const place = placeOf(metric, groups)
    const truth = await measure(metric, place)
    const group = groupsOf(metric)[place]
    // Shares are not randomized: what says nothing is that no operator sees both.
    const design = mode === 'dap' ? undefined : designOf(metric)
    const { p, q } = design ? chancesOf(design) : { p: 1, q: 0 }
    previewed.push({
      metric: metric.name,
      title: titleOf(metric),
      epsilon: costOf(metric) / MICRO,
      buckets,
      truth,
      example: design ? bucketsIn(drawSubset(design, truth, random)) : [truth],
      chances: { ifTrue: p, otherwise: q },
      ...(group && { group }),
      ...((metric.counts === 'mean' || metric.counts === 'ranker') && { isRounded: true }),
    })
  }
  return previewed
}
