import { bucketsOf } from '../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { bucketRange, type Measure, type Measures } from './measure'

/** The kinds that have buckets of their own meaning: of the others a mean or a difference is said. */
export type BucketMetric = Exclude<Metric, { readonly counts: 'mean' | 'ranker' | 'experiment' }>

/** What is asked of a metric's buckets, and how it is said. */
export function measuresOf(metric: BucketMetric): Measures {
  const buckets = bucketsOf(metric)
  const count = buckets.length
  const rowsAs = (says: (bucket: string, at: number) => string): readonly Measure[] =>
    buckets.map((label, at) => ({ label, says: says(label, at), weights: bucketRange(count, at, at) }))
  switch (metric.counts) {
    case 'interest':
      return ranked(rowsAs((bucket, at) => (at === 0 ? 'looked at none of it' : `looked at ${nameOf(bucket, at, count)} most`)))
    case 'item':
      return ranked(rowsAs((bucket, at) => (at === 0 ? `${metric.event} none` : `${metric.event} ${nameOf(bucket, at, count)} most`)))
    case 'segment':
      return segmentMeasures(metric.by, rowsAs)
    case 'funnel': {
      const rows = steps(count, FUNNEL_STEPS)
      return { headline: rows.at(-1)!, rows, asides: [] }
    }
    case 'shelf':
      return outcomeMeasures(count, `saw the shelf “${metric.slot}”`)
    case 'campaign':
      return outcomeMeasures(count, `saw the campaign “${metric.promotion}”`)
    case 'amount': {
      const middle = Math.floor(metric.bands.length / 2)
      const what = metric.of === 'basket' ? 'had a largest basket of' : 'spent'
      const headline = {
        label: 'spent much',
        says: `${what} ${metric.bands[middle]} ${metric.currency} or more`,
        // Below the first bound, and before that nothing at all, are buckets too.
        weights: bucketRange(count, middle + 2),
        among: { says: 'bought something', weights: bucketRange(count, 1) },
      }
      return { headline, rows: rowsAs((band, at) => (at === 0 ? 'bought nothing' : `${what} ${band} ${metric.currency}`)), asides: [] }
    }
    case 'rank': {
      const headline = {
        label: 'first two places',
        says: 'first clicked one of the first two places',
        weights: bucketRange(count, 1, 2),
        among: { says: 'clicked a shelf', weights: bucketRange(count, 1) },
      }
      return { headline, rows: rowsAs((place, at) => (at === 0 ? 'clicked nothing' : `first clicked at place ${place}`)), asides: [] }
    }
    case 'latency': {
      const headline = {
        label: 'slowest',
        says: `had to wait ${metric.bands.at(-1)} ms or longer at least once`,
        weights: bucketRange(count, count - 1),
        among: { says: 'were shown a shelf', weights: bucketRange(count, 1) },
      }
      return { headline, rows: rowsAs((band, at) => (at === 0 ? 'were shown no shelf' : `waited ${band} ms at the longest`)), asides: [] }
    }
    case 'backend': {
      const headline = {
        label: 'fast',
        says: 'scored with WebAssembly or on the graphics card',
        weights: bucketRange(count, 2),
        among: { says: 'scored anything', weights: bucketRange(count, 1) },
      }
      return { headline, rows: rowsAs((backend, at) => (at === 0 ? 'scored nothing' : `scored with ${backend}`)), asides: [] }
    }
    case 'errors': {
      const headline = { label: 'failed', says: 'met at least one page on which something failed', weights: bucketRange(count, 1) }
      return { headline, rows: rowsAs((pages, at) => (at === 0 ? 'met no failure' : `met ${pages} pages that failed`)), asides: [] }
    }
    default:
      return metric satisfies never
  }
}

const FUNNEL_STEPS = [
  ['Looked at a product', 'looked at a product'],
  ['Put it in the cart', 'put something in the cart'],
  ['Began the checkout', 'began a checkout'],
  ['Bought', 'bought something'],
] as const

/** Each step holds those after it: who bought has also looked. */
function steps(count: number, words: readonly (readonly [label: string, says: string])[]): readonly Measure[] {
  return words.map(([label, says], at) => ({ label, says, weights: bucketRange(count, at + 1) }))
}

function outcomeMeasures(count: number, saw: string): Measures {
  const rows = steps(count, [
    ['Saw it', saw],
    ['Clicked', `${saw} and clicked`],
    ['Carted from it', `${saw} and carted from it`],
    ['Bought from it', `${saw} and bought from it`],
  ])
  const headline = {
    label: 'clicked, of those that saw it',
    says: 'clicked in it',
    weights: bucketRange(count, 2),
    among: { says: saw, weights: bucketRange(count, 1) },
  }
  return { headline, rows, asides: [] }
}

function segmentMeasures(
  by: Extract<Metric, { readonly counts: 'segment' }>['by'],
  rowsAs: (says: (bucket: string, at: number) => string) => readonly Measure[],
): Measures {
  switch (by) {
    case 'stage': {
      const rows = rowsAs((stage, at) => (at === 0 ? 'fit no stage' : (STAGES[stage] ?? `were ${stage}`)))
      return { headline: rows[3]!, rows, asides: [] }
    }
    case 'frequency': {
      const rows = rowsAs((times, at) => (at === 0 ? 'were not seen' : `came ${times} ${times === '1' ? 'time' : 'times'} in the week`))
      const often = { label: '2 or more', says: 'came twice or more in the week', weights: bucketRange(rows.length, 2) }
      return { headline: often, rows, asides: [] }
    }
    case 'recency': {
      const rows = rowsAs((weeks, at) =>
        at === 0 ? 'were not seen' : at === 1 ? 'came for the first time' : `had last come ${weeks} weeks before`,
      )
      const late = { label: '5 or more', says: 'came again after five weeks or more', weights: bucketRange(rows.length, 4) }
      return { headline: late, rows, asides: [] }
    }
    default:
      return by satisfies never
  }
}

const STAGES: Readonly<Record<string, string>> = {
  new: 'were new in that week',
  returning: 'had been there before',
  loyal: 'had bought in two weeks or more',
  back: 'came back after four weeks or more',
}

function ranked(rows: readonly Measure[]): Measures {
  return { rows, asides: [0, rows.length - 1] }
}

/** The last bucket of a list is whatever is not on it. */
function nameOf(bucket: string, at: number, count: number): string {
  return at === count - 1 ? 'something else' : `“${bucket}”`
}
