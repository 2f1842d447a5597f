import type { Metric } from '../../../src/shared/signals/signal-plan'
import { bucketSum } from '../statistics/bucket-sum'
import { type Change, changeBetween, changeOf, pooled } from '../statistics/change'
import { type Estimate, intervalOf } from '../statistics/estimate'
import { cautionSentence } from '../words/basis-words'
import { inPoints, pointsRange } from '../words/change-words'
import { type CardBody, countsOf } from './bucket-card'
import type { ExperimentCard, OpenMetric, Series, VariantDifference } from './card'

type ExperimentMetric = Extract<Metric, { readonly counts: 'experiment' }>

/** Whether variants differ: each against the first, in the week and over all weeks of the same question. */
export function experimentCard({ variants, goal }: ExperimentMetric, series: Series): CardBody<ExperimentCard> {
  const comparisons = Math.max(1, variants.length - 1)
  const control = variants[0] ?? ''
  const weeks = [series.metric, ...series.earlier.map(({ metric }) => metric)]
  const differences = variants.slice(1).flatMap((label): readonly VariantDifference[] => {
    const [first, second] = [rateOf(series.metric, control), rateOf(series.metric, label)]
    if (!first || !second) return []
    const weekly = weeks.flatMap((metric) => {
      const [before, after] = [rateOf(metric, control), rateOf(metric, label)]
      return before && after ? [{ value: after.value - before.value, variance: varianceOf(before) + varianceOf(after) }] : []
    })
    const all = weekly.length > 1 ? pooled(weekly) : undefined
    return [
      {
        label,
        week: changeBetween(first, second, comparisons),
        all: all && { ...changeOf(all.value, Math.sqrt(all.variance), comparisons), weeks: weekly.length },
      },
    ]
  })
  const best = differences.map(({ label, week, all }) => ({ label, ...(all ?? week) })).toSorted((a, b) => rankOf(b) - rankOf(a))[0]
  return {
    kind: 'experiment',
    goal,
    variants: series.metric.groups.flatMap(({ group, reports }) => {
      const rate = rateOf(series.metric, group)
      return rate ? [{ label: group, reports, rate: intervalOf(rate, series.metric.coverage) }] : []
    }),
    differences,
    caution: comparisons > 1 ? cautionSentence(comparisons) : undefined,
    reading: [
      ...(differences.length > 0
        ? differences.map((difference) => differenceSentence(difference, control, goal))
        : [`Too few to tell: not all variants were reported on.`]),
      ...(comparisons > 1 ? [cautionSentence(comparisons)] : []),
      STOPPING,
    ],
    glance: {
      figure: best && best.direction !== 'unclear' ? pointsRange(best) : 'too few to tell',
      says: best ? `“${best.label}” against “${control}”, of browsers that ${goal}` : `between variants, of browsers that ${goal}`,
      verdict: best
        ? { kind: best.direction, text: best.direction === 'unclear' ? 'no difference shown' : 'a difference is shown' }
        : { kind: 'none', text: 'too few to tell' },
    },
  }
}

const STOPPING =
  'Say beforehand for how many weeks it runs: who looks every week and stops at the first difference finds differences that are not there.'

/** How one variant did against the first. */
export function differenceSentence({ label, week, all }: VariantDifference, control: string, goal: string): string {
  const whole = all ?? week
  const range = inPoints(whole)
  const span = all ? `over ${all.weeks} weeks` : 'in this week'
  const head = `With “${label}”, against “${control}”, ${span}:`
  if (!range) return `${head} too few to tell.`
  const [low, high] = range
  const unsigned = (written: string) => written.replace(/^[+−]/, '')
  if (whole.direction === 'unclear')
    return `${head} too few to tell; the difference lies between ${low} and ${high} points of browsers that ${goal}.`
  const [from, to] = whole.direction === 'up' ? [low, high] : [high, low]
  const word = whole.direction === 'up' ? 'more' : 'fewer'
  return `${head} ${word} browsers ${goal}, by ${unsigned(from)} to ${unsigned(to)} points.`
}

function rateOf(metric: OpenMetric, variant: string): Estimate | undefined {
  const group = metric.groups.findIndex((one) => one.group === variant)
  return (metric.groups[group]?.reports ?? 0) > 0 ? bucketSum(countsOf(metric, group), [0, 1]) : undefined
}

function varianceOf({ noise, chance }: Estimate): number {
  return noise + chance
}

/** Those shown to differ first, of these the largest difference. */
function rankOf({ direction, value }: Change): number {
  return (direction === 'unclear' ? 0 : 1000) + Math.abs(value)
}
