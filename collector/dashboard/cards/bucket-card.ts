import type { Interval } from '../../../src/shared/signals/estimates'
import { estimateMeasure } from '../measures/estimate-measure'
import type { Measure } from '../measures/measure'
import { type BucketMetric, measuresOf } from '../measures/measures-of'
import { bucketSum, type Counts } from '../statistics/bucket-sum'
import { type Change, changeBetween, changeOf } from '../statistics/change'
import { estimateFrom, intervalOf, widened } from '../statistics/estimate'
import { cautionSentence } from '../words/basis-words'
import { changeSentence } from '../words/change-words'
import { listWords } from '../words/list-words'
import { BROWSERS, shareSentence, shortShare } from '../words/share-words'
import { sinceWords } from '../words/week-words'
import type { BucketCard, BucketRow, Glance, OpenMetric, Series, Verdict } from './card'

export type CardBody<Body> = Body & { readonly reading: readonly string[]; readonly glance: Glance }

/** @param headlines how many numbers the page compares with the week before at first sight, this one included where it has a headline. */
export function bucketCard(metric: BucketMetric, series: Series, headlines: number): CardBody<BucketCard> {
  const { headline, rows: measures, asides } = measuresOf(metric)
  const before = series.earlier[0]
  const since = before && sinceWords(series.epoch, before.epoch)
  const rows = measures.map((measure, at) => rowOf(measure, asides.includes(at), series, measures.length))
  if (headline) {
    const change = changeOfMeasure(headline, series, headlines)
    const now = intervalOn(headline, series.metric)
    return {
      kind: 'buckets',
      rows,
      trend: trendOf(headline, series),
      caution: before && cautionSentence(measures.length),
      reading: [shareSentence(now, whomOf(headline), headline.says), ...changeWords(change, since)],
      glance: {
        figure: now ? shortShare(now) : 'too few to tell',
        says: `of ${whomOf(headline)} ${headline.says}`,
        verdict: verdictOf(change, since),
      },
    }
  }
  const places = measures.map((_, at) => at)
  const order = places.toSorted(
    (a, b) => Number(asides.includes(a)) - Number(asides.includes(b)) || rows[b]!.share.value - rows[a]!.share.value || a - b,
  )
  const [top] = order
  const largest = measures[top!]!
  const share = rows[top!]!.share
  const isAnything = share.low > 0
  return {
    kind: 'buckets',
    rows: order.map((at) => rows[at]!),
    trend: trendOf(largest, series),
    caution: before && cautionSentence(measures.length),
    reading: [
      isAnything ? shareSentence(share, BROWSERS, largest.says) : 'Too few to tell: not even the largest stands clear of none.',
      ...(isAnything ? rivalWords(order, measures, asides, series.metric) : []),
      ...movedWords(rows, since),
      ...(before ? [cautionSentence(measures.length)] : []),
    ],
    glance: isAnything
      ? { figure: largest.label, says: `in front, with ${shortShare(share)} of ${BROWSERS}`, verdict: movedVerdict(rows, since) }
      : { figure: 'too few to tell', says: `which leads among ${BROWSERS}`, verdict: movedVerdict(rows, since) },
  }
}

/** What a group of a metric says. */
export function countsOf({ epsilon, groups, mode }: OpenMetric, group = 0): Counts {
  const { reports, buckets } = groups[group]!
  const counts = { epsilon, reports, values: buckets.map(({ value }) => value) }
  return mode === 'dap' ? { ...counts, noises: buckets.map((bucket) => estimateFrom(bucket).noise) } : counts
}

function rowOf(measure: Measure, isAside: boolean, series: Series, comparisons: number): BucketRow {
  const share = intervalOn(measure, series.metric)
  return { label: measure.label, share: share!, change: changeOfMeasure(measure, series, comparisons), isAside }
}

function intervalOn(measure: Measure, metric: OpenMetric): Interval | undefined {
  const estimate = estimateMeasure(countsOf(metric), measure)
  const [{ buckets, reports }] = metric.groups as [OpenMetric['groups'][number]] // kinds of buckets have one nameless group
  const counted = measure.weights.flatMap((weight, at) => (weight === 1 ? [buckets[at]!] : []))
  if (!estimate || measure.among || counted.length !== 1) return estimate && intervalOf(estimate, metric.coverage)
  // Of one bucket the collector knows more than the estimate: where counts are few, their exact distribution.
  const { value, low, high } = counted[0]!
  return widened({ value: value / reports, low: low / reports, high: high / reports }, estimate.chance, metric.coverage)
}

function changeOfMeasure(measure: Measure, { metric, earlier }: Series, comparisons: number): Change | undefined {
  const after = estimateMeasure(countsOf(metric), measure)
  const before = earlier[0] && estimateMeasure(countsOf(earlier[0].metric), measure)
  return before && after && changeBetween(before, after, comparisons)
}

function trendOf(measure: Measure, { epoch, metric, earlier }: Series): BucketCard['trend'] {
  const points = [...earlier.toReversed(), { epoch, metric }].flatMap((one) => {
    const interval = intervalOn(measure, one.metric)
    return interval ? [{ epoch: one.epoch, ...interval }] : []
  })
  return { label: `Of ${whomOf(measure)}: ${measure.says}`, scale: 'share', points }
}

function whomOf({ among }: Measure): string {
  return among ? `${BROWSERS} and ${among.says}` : BROWSERS
}

function changeWords(change: Change | undefined, since: string | undefined): readonly string[] {
  if (!since) return [FIRST_WEEK]
  return change ? [changeSentence(change, since)] : [`Up or down from ${since}? Too few to tell.`]
}

function verdictOf(change: Change | undefined, since: string | undefined): Verdict {
  if (!since) return { kind: 'none', text: 'first week' }
  const kind = change?.direction ?? 'unclear'
  return { kind, text: kind === 'unclear' ? 'change: too few to tell' : `${kind} from ${since}` }
}

/** Who may in truth be as large as the largest: each is compared with it. */
function rivalWords(
  order: readonly number[],
  measures: readonly Measure[],
  asides: readonly number[],
  metric: OpenMetric,
): readonly string[] {
  const [top, ...others] = order.filter((at) => !asides.includes(at))
  if (top === undefined || others.length === 0) return []
  const isRival = (at: number) => {
    const weights = measures[top]!.weights.map((weight, bucket) => weight - measures[at]!.weights[bucket]!)
    const { value, noise, chance } = bucketSum(countsOf(metric), weights)
    return changeOf(value, Math.sqrt(noise + (1 - metric.coverage) * chance), others.length).direction !== 'up'
  }
  const rivals = others.filter(isRival).map((at) => `“${measures[at]!.label}”`)
  if (rivals.length === 0) return ['It stands clear of all the others.']
  return [`Whether ${listWords(rivals)} ${rivals.length === 1 ? 'is' : 'are'} truly fewer: too few to tell.`]
}

function movedWords(rows: readonly BucketRow[], since: string | undefined): readonly string[] {
  if (!since) return [FIRST_WEEK]
  const moved = rows.filter(({ change }) => change && change.direction !== 'unclear')
  if (moved.length === 0) return [`Against ${since}: too few to tell of any change among the ${rows.length}.`]
  const parts = (['up', 'down'] as const).flatMap((direction) => {
    const names = moved.filter(({ change }) => change?.direction === direction).map(({ label }) => `“${label}”`)
    return names.length > 0 ? [`${direction} ${listWords(names, 5)}`] : []
  })
  const rest = rows.length - moved.length
  return [`Against ${since}: ${parts.join('; ')}.${rest > 0 ? ` Of the other ${rest}, too few to tell.` : ''}`]
}

function movedVerdict(rows: readonly BucketRow[], since: string | undefined): Verdict {
  if (!since) return { kind: 'none', text: 'first week' }
  const moved = rows.filter(({ change }) => change && change.direction !== 'unclear').length
  return moved > 0 ? { kind: 'none', text: `${moved} of ${rows.length} changed` } : { kind: 'unclear', text: 'change: too few to tell' }
}

/** Where there is no week to compare with. */
export const FIRST_WEEK = 'The first week of this question: there is nothing to compare it with yet.'
