import { PLAN_DEFAULTS } from '../../../src/shared/signals/plan-defaults'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { drawRounded } from './draw-rounded'
import type { Facts } from './facts'

/**
 * 1 with the chance that grows from 0 at −`clip` to 1 at `clip`; of a feature that this device's ranker lacks, as of one that nothing was
 * learned of, one half.
 */
export function measureRanker(
  { features, clip = PLAN_DEFAULTS.clip }: Extract<Metric, { counts: 'ranker' }>,
  group: number,
  { ranker, random }: Facts,
): number {
  const update = ranker?.update[ranker.names.indexOf(features[group]!)] || 0 // NaN, too, says nothing
  return drawRounded((update + clip) / (2 * clip), random)
}
