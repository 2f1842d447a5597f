import { bucketsOf } from '../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { bucketRange, type Measure, type Measures, type RowsAs, type Words } from './measure'
import { segmentMeasures } from './segment-measures'

/** The kinds that have buckets of their own meaning: of the others a mean or a difference is said. */
export type BucketMetric = Exclude<Metric, { readonly counts: 'mean' | 'ranker' | 'experiment' }>

/** What is asked of a metric's buckets, and how it is said. */
export function measuresOf(metric: BucketMetric): Measures {
  const buckets = bucketsOf(metric)
  const count = buckets.length
  const rowsAs: RowsAs = (first, words) =>
    buckets.map((bucket, at) => {
      const [label, says] = at === 0 ? first : words(bucket, at)
      return { label, says, weights: bucketRange(count, at, at) }
    })
  switch (metric.counts) {
    case 'interest':
      return ranked(rowsAs(['none of these', 'looked at none of these'], (name, at) => named('looked at', name, at, count)))
    case 'item':
      return ranked(rowsAs(['none of these', `${metric.event} none of these`], (name, at) => named(metric.event, name, at, count)))
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
      const { bands, currency } = metric
      const middle = Math.floor(bands.length / 2)
      const what = metric.of === 'basket' ? 'had a largest basket of' : 'spent'
      const headline = {
        label: 'spent much',
        says: `${what} ${bands[middle]} ${currency} or more`,
        // Below the first bound, and before that nothing at all, are buckets too.
        weights: bucketRange(count, middle + 2),
        among: { says: 'bought something', weights: bucketRange(count, 1) },
      }
      const rows = rowsAs(['bought nothing', 'bought nothing'], (band) => [withUnit(band, currency), `${what} ${withUnit(band, currency)}`])
      return { headline, rows, asides: [] }
    }
    case 'rank': {
      const headline = {
        label: 'first two places',
        says: 'first clicked one of the first two places',
        weights: bucketRange(count, 1, 2),
        among: { says: 'clicked a shelf', weights: bucketRange(count, 1) },
      }
      const rows = rowsAs(['clicked nothing', 'clicked nothing'], (place) => [`place ${place}`, `first clicked at place ${place}`])
      return { headline, rows, asides: [] }
    }
    case 'latency': {
      const headline = {
        label: 'slowest',
        says: `had to wait ${metric.bands.at(-1)} ms or longer at least once`,
        weights: bucketRange(count, count - 1),
        among: { says: 'were shown a shelf', weights: bucketRange(count, 1) },
      }
      const rows = rowsAs(['no shelf was shown', 'were shown no shelf'], (band) => [
        withUnit(band, 'ms'),
        `waited ${withUnit(band, 'ms')} at the longest`,
      ])
      return { headline, rows, asides: [] }
    }
    case 'backend': {
      const headline = {
        label: 'fast',
        says: 'scored with WebAssembly or on the graphics card',
        weights: bucketRange(count, 2),
        among: { says: 'scored anything', weights: bucketRange(count, 1) },
      }
      const rows = rowsAs(['nothing was scored', 'scored nothing'], (name) => [
        BACKENDS[name] ?? name,
        `scored with ${BACKENDS[name] ?? name}`,
      ])
      return { headline, rows, asides: [] }
    }
    case 'errors': {
      const headline = { label: 'failed', says: 'met at least one page on which something failed', weights: bucketRange(count, 1) }
      const rows = rowsAs(['no failure', 'met no failure'], (pages) => {
        const noun = pages === '1' ? 'page' : 'pages'
        return [`${pages} ${noun}`, `met ${pages} ${noun} on which something failed`]
      })
      return { headline, rows, asides: [] }
    }
    default:
      return metric satisfies never
  }
}

const BACKENDS: Readonly<Record<string, string>> = { js: 'plain JavaScript', wasm: 'WebAssembly', webgpu: 'the graphics card (WebGPU)' }

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

function ranked(rows: readonly Measure[]): Measures {
  return { rows, asides: [0, rows.length - 1] }
}

/** The last bucket of a list is whatever is not on it. */
function named(verb: string, name: string, at: number, count: number): Words {
  return at === count - 1 ? ['something else', `${verb} something else most`] : [name, `${verb} “${name}” most`]
}

/** "25 to 50 EUR", "below 25 EUR", "200 EUR or more". */
function withUnit(band: string, unit: string): string {
  return band.endsWith(' or more') ? band.replace(' or more', ` ${unit} or more`) : `${band} ${unit}`
}
