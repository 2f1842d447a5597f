import { DAP_SENSITIVITY, type DapNoise, noiseBound, noiseVariance } from '../../src/shared/signals/dap-noise'
import { discreteLaplace, laplaceScale } from '../../src/shared/signals/discrete-noise'
import { type Interval, LEAST_REPORTS, type PublishedGroup, type PublishedMetric, WITHHELD } from '../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { costOf } from '../../src/shared/signals/metric-design'
import { titleOf } from '../../src/shared/signals/metric-words'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { Z95 } from '../../src/shared/signals/z95'
import { rangeOf } from '../publish/publish-metric'

/** What a collector of DAP gets for one task and one epoch. */
export type DapAggregate = {
  /** Of the batch, exactly: aggregators say it without noise. */
  readonly reports: number
  /** [groups x buckets], see `dapIndex`. Elements of Prio3Histogram's field: what noise took below zero comes as the field's modulus less that much. */
  readonly sums: readonly (bigint | number)[]
}

/**
 * Who adds the noise. `aggregators`: each of the two did, with the metric's epsilon (Janus: `PureDpDiscreteLaplace`), and nothing is added here.
 * `here`: they did not, so the sums as they come are not private, and whoever runs this sees them.
 */
export type NoiseSource = { readonly kind: 'aggregators' } | { readonly kind: 'here'; readonly random: RandomIntegers }

/** Of Field128 (VDAF draft 08, section 6.1). */
const MODULUS = 2n ** 66n * 4_611_686_018_427_387_897n + 1n

/**
 * Turns the aggregate of a metric's task into what is published of it, in the form that local reports are published in. Called once for an epoch: noise
 * that is drawn twice for one sum can be averaged away.
 *
 * @param plan hash. @param coverage of `coverageOf`.
 * @returns `reports` of a group is exact where a metric has one, and an estimate where it has several, since in DAP the group is part of the secret.
 * @throws RangeError for an aggregate of another length.
 */
export function publishAggregate(
  metric: Metric,
  { reports, sums }: DapAggregate,
  source: NoiseSource,
  plan: string,
  coverage: number,
): PublishedMetric {
  const [buckets, groups] = [bucketsOf(metric), groupsOf(metric)]
  const wanted = buckets.length * groups.length
  if (sums.length !== wanted)
    throw new RangeError(`the aggregate of ${metric.name} has ${sums.length} sums, expected ${wanted}: another plan's task?`)
  const { name, counts } = metric
  const said = { plan, name, counts, title: titleOf(metric), epsilon: costOf(metric) / MICRO, coverage }
  if (reports < LEAST_REPORTS) return { ...said, withheld: WITHHELD }
  const noise: DapNoise = { microEpsilon: costOf(metric), draws: source.kind === 'here' ? 1 : 2 }
  const values = sums.map((sum) => signed(sum) + (source.kind === 'here' ? drawNoise(noise, source.random) : 0))
  return {
    ...said,
    groups: groups.map((group, at) => {
      const own = values.slice(at * buckets.length, (at + 1) * buckets.length)
      return publishGroup(metric, group, groups.length === 1 ? reports : undefined, own, noise)
    }),
  }
}

function publishGroup(
  metric: Metric,
  group: string,
  exact: number | undefined,
  values: readonly number[],
  noise: DapNoise,
): PublishedGroup {
  const bound = noiseBound(noise)
  const names = bucketsOf(metric)
  const reports =
    exact ??
    Math.max(
      0,
      values.reduce((sum, value) => sum + value, 0),
    )
  const range = rangeOf(metric)
  return {
    group,
    reports,
    buckets: values.map((value, at) => ({ bucket: names[at]!, value, low: value - bound, high: value + bound })),
    ...(range && reports > 0 && { mean: meanOf(values[1]!, reports, range, noise) }),
  }
}

/** As for local reports: beside the noise there is the error of rounding each value to either end by chance. */
function meanOf(high: number, reports: number, [from, to]: readonly [number, number], noise: DapNoise): Interval {
  const share = Math.min(Math.max(high / reports, 0), 1)
  const deviation = Math.sqrt(noiseVariance(noise) + reports * share * (1 - share))
  const at = (count: number) => from + ((to - from) * count) / reports
  return { value: at(high), low: at(high - Z95 * deviation), high: at(high + Z95 * deviation) }
}

function signed(sum: bigint | number): number {
  const element = BigInt(sum)
  return Number(element > MODULUS / 2n ? element - MODULUS : element)
}

function drawNoise({ microEpsilon }: DapNoise, random: RandomIntegers): number {
  return discreteLaplace(laplaceScale(DAP_SENSITIVITY, microEpsilon), random)
}
