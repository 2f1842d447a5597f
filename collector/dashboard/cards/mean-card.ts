import type { Interval } from '../../../src/shared/signals/estimates'
import { PLAN_DEFAULTS } from '../../../src/shared/signals/plan-defaults'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { changeBetween } from '../statistics/change'
import { type Estimate, estimateFrom, intervalOf } from '../statistics/estimate'
import { bonferroni, standardErrors } from '../statistics/normal-quantile'
import { cautionSentence } from '../words/basis-words'
import { changeSentence, inAmounts } from '../words/change-words'
import { listWords } from '../words/list-words'
import { sinceWords } from '../words/week-words'
import { type CardBody, FIRST_WEEK } from './bucket-card'
import type { MeanCard, OpenMetric, Series } from './card'

type MeanMetric = Extract<Metric, { readonly counts: 'mean' }>
type RankerMetric = Extract<Metric, { readonly counts: 'ranker' }>

/** A mean amount. @param headlines see `bucketCard`. */
export function meanCard({ of, currency, most }: MeanMetric, series: Series, headlines: number): CardBody<MeanCard> {
  const before = series.earlier[0]
  const since = before && sinceWords(series.epoch, before.epoch)
  const rows = rowsOf(series.metric)
  const [row] = rows
  const trend = { label: `Mean, in ${currency}`, scale: 'number' as const, points: pointsOf(series) }
  const body = { kind: 'mean' as const, unit: currency, rows, trend, caution: undefined }
  if (!row) return { ...body, ...nothingSaid('on average') }
  const words = amountWords(row.mean)
  const what = of === 'basket' ? 'its largest basket' : 'what it spent'
  const earlier = before && rowsOf(before.metric)[0]
  const change = earlier && changeBetween(estimateFrom(earlier.mean), estimateFrom(row.mean), headlines)
  return {
    ...body,
    reading: [
      `Of a browser that came back, ${what} was ${words.text} ${currency} on average: 0 where nothing was bought, and no more than ${most} counted of any.`,
      change && since ? changeSentence(change, since, inAmounts, currency) : FIRST_WEEK,
    ],
    glance: {
      figure: `${words.short} ${currency}`,
      says: `${of === 'basket' ? 'largest basket' : 'spent'} on average by a browser that came back; 0 where nothing was bought`,
      verdict:
        change && since
          ? {
              kind: change.direction,
              text: change.direction === 'unclear' ? 'change: too few to tell' : `${change.direction} from ${since}`,
            }
          : { kind: 'none', text: 'first week' },
    },
  }
}

/** What visitors' choices taught the ranker: a mean a coordinate. */
export function rankerCard({ clip = PLAN_DEFAULTS.clip }: RankerMetric, series: Series): CardBody<MeanCard> {
  const rows = rowsOf(series.metric)
  const body = {
    kind: 'mean' as const,
    unit: '',
    rows,
    trend: { label: 'Mean', scale: 'number' as const, points: [] },
    caution: rows.length > 1 ? cautionSentence(rows.length) : undefined,
  }
  if (rows.length === 0) return { ...body, ...nothingSaid('in what direction to learn') }
  const half = standardErrors(bonferroni(rows.length))
  const isClear = ({ mean }: { readonly mean: Interval }) => Math.abs(mean.value) > half * Math.sqrt(estimateFrom(mean).noise)
  const clear = rows.filter(isClear)
  const named = (sign: number) => clear.filter(({ mean }) => Math.sign(mean.value) === sign).map(({ label }) => `“${label}”`)
  const parts = [
    ...(named(1).length > 0 ? [`${listWords(named(1))} should count for more`] : []),
    ...(named(-1).length > 0 ? [`${listWords(named(-1))} should count for less`] : []),
  ]
  return {
    ...body,
    reading: [
      clear.length > 0
        ? `What visitors chose says that ${parts.join(', ')}.`
        : `Whether any of the ${rows.length} should count for more or less: too few to tell.`,
      `Each browser sends the direction of one of them, chosen at random, between −${clip} and ${clip}. A catalog pack takes this up only where it improves a held-out check.`,
    ],
    glance: {
      figure: clear.length > 0 ? `${clear.length} of ${rows.length}` : 'too few to tell',
      says: 'parts of the ranking have a direction to learn',
      verdict: { kind: 'none', text: 'for the next pack' },
    },
  }
}

function rowsOf({ groups }: OpenMetric): MeanCard['rows'] {
  return groups.flatMap(({ group, mean, reports }) => (mean && reports > 0 ? [{ label: group, mean, reports }] : []))
}

function pointsOf({ epoch, metric, earlier }: Series): MeanCard['trend']['points'] {
  return [...earlier.toReversed(), { epoch, metric }].flatMap((one) => {
    const [row] = rowsOf(one.metric)
    const estimate: Estimate | undefined = row && estimateFrom(row.mean)
    return estimate ? [{ epoch: one.epoch, ...intervalOf(estimate, 1) }] : []
  })
}

/** Between two amounts, none below 0. */
function amountWords({ value, low, high }: Interval): { readonly text: string; readonly short: string } {
  const [from, to] = [Math.max(0, low).toFixed(2), Math.max(0, high).toFixed(2)]
  if (value <= 0) return { text: `about nothing, at most ${to}`, short: 'about 0' }
  if (low <= 0) return { text: `at most ${to}`, short: `≤ ${to}` }
  return { text: `between ${from} and ${to}`, short: `${from}–${to}` }
}

function nothingSaid(what: string): Pick<CardBody<MeanCard>, 'reading' | 'glance'> {
  const text = 'too few to tell'
  return { reading: [`Too few to tell ${what}.`], glance: { figure: text, says: what, verdict: { kind: 'none', text } } }
}
