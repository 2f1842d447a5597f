import { type Interval, LEAST_REPORTS, type PublishedGroup, type PublishedMetric, WITHHELD } from '../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { costOf, designOf } from '../../src/shared/signals/metric-design'
import { titleOf } from '../../src/shared/signals/metric-words'
import { PLAN_DEFAULTS } from '../../src/shared/signals/plan-defaults'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { estimateCounts } from '../../src/shared/signals/subset-estimate'
import { chancesOf, type SubsetDesign } from '../../src/shared/signals/subset-selection'
import { Z95 } from '../../src/shared/signals/z95'

/** What was counted of one group of a metric. */
export type GroupTotals = { readonly reports: number; readonly counts: readonly number[] }

/** Of the dither, which is uniform over one count. */
const DITHER_VARIANCE = 1 / 12

/**
 * What is said of one metric of a plan. Where one of its groups has too few reports all of it is withheld: what is said of the others would say
 * something of that one to whoever knows how many there are in all.
 *
 * @param groups [groups] in the order of `groupsOf`. @param plan hash. @param coverage of `coverageOf`.
 * @param dither uniform in [0, 1), see `estimateCounts`: published once, hence drawn once.
 */
export function publishMetric(
  metric: Metric,
  groups: readonly GroupTotals[],
  plan: string,
  coverage: number,
  dither: () => number,
): PublishedMetric {
  const { name, counts } = metric
  const said = { plan, name, counts, title: titleOf(metric), epsilon: costOf(metric) / MICRO, coverage }
  if (groups.some(({ reports }) => reports < LEAST_REPORTS)) return { ...said, withheld: WITHHELD }
  const names = groupsOf(metric)
  return { ...said, groups: groups.map((totals, at) => publishGroup(metric, names[at]!, totals, dither)) }
}

function publishGroup(metric: Metric, group: string, { reports, counts }: GroupTotals, dither: () => number): PublishedGroup {
  const design = designOf(metric)
  const buckets = bucketsOf(metric)
  const estimates = estimateCounts(design, reports, counts, dither)
  const range = rangeOf(metric)
  return {
    group,
    reports,
    buckets: estimates.map((estimate, at) => ({ bucket: buckets[at]!, ...estimate })),
    ...(range && { mean: meanOf(design, reports, counts[1]!, range, dither) }),
  }
}

/** Between which values a metric’s two buckets are drawn; undefined where buckets are not drawn but counted. */
export function rangeOf(metric: Metric): readonly [low: number, high: number] | undefined {
  if (metric.counts === 'mean') return [0, metric.most]
  if (metric.counts !== 'ranker') return undefined
  const clip = metric.clip ?? PLAN_DEFAULTS.clip
  return [-clip, clip]
}

/**
 * The mean of values that were each rounded to either end by chance, in proportion. A report is `high` with one chance, of rounding and mechanism together,
 * whose interval (Wilson’s, with the variance of the dither) holds all means that the count does not refute: as wide as it must be where all have the same
 * value, since rounding adds the most error then, and wider than need be otherwise.
 */
function meanOf(
  design: SubsetDesign,
  reports: number,
  high: number,
  [from, to]: readonly [number, number],
  dither: () => number,
): Interval {
  const { p, q } = chancesOf(design)
  const at = (count: number) => from + ((to - from) * (count / reports - q)) / (p - q)
  const moved = high + dither() - 0.5
  // (x − moved)² = z² (x − x² / reports + DITHER_VARIANCE)
  const [square, half] = [1 + Z95 ** 2 / reports, moved + Z95 ** 2 / 2]
  const spread = Math.sqrt(half ** 2 - square * (moved ** 2 - Z95 ** 2 * DITHER_VARIANCE))
  return { value: at(high), low: at((half - spread) / square), high: at((half + spread) / square) }
}
