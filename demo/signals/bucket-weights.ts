import { bucketsOf, type Metric } from 'sotto/signals'
import type { SharesFile } from './shares-file'

/** What simulated visitors are drawn from in one metric. */
export type BucketWeights = {
  /** [k] whole numbers, by bucket: of as many visitors as they sum to, this many are in it. */
  readonly weights: readonly number[]
  /** What that rests on, for people. */
  readonly from: string
}

/** Of 1,000 visitors, the furthest that each goes: of the order that shops report, and of this one unknown, since its orders tell of buyers only. */
const FUNNEL: Readonly<Record<string, number>> = { none: 300, viewed: 560, carted: 80, checkout: 30, bought: 30 }
/** The same visitors: who looks at nothing has no interest either. */
const LOOKS_AT_NOTHING = FUNNEL.none! / 1000

/**
 * How simulated visitors spread over the buckets of a metric: interests as the shop's own orders, the funnel as assumed. Of anything else
 * nothing is known here, so each bucket has half as many as the one before.
 */
export function bucketWeights(metric: Metric, shares: SharesFile): BucketWeights {
  const buckets = bucketsOf(metric)
  switch (metric.counts) {
    case 'interest': {
      const orders = new Map(shares.leading)
      const weights = buckets.map((name) => orders.get(name) ?? 0)
      const known = weights.reduce((sum, weight) => sum + weight, 0)
      weights[buckets.indexOf('other')] = shares.orders - known
      weights[buckets.indexOf('none')] = Math.round((shares.orders * LOOKS_AT_NOTHING) / (1 - LOOKS_AT_NOTHING))
      return { weights, from: interestSource(shares) }
    }
    case 'funnel':
      return {
        weights: buckets.map((name) => FUNNEL[name] ?? 0),
        from: 'The truth is assumed, since orders tell of buyers only: of 1,000 visitors 300 look at nothing, 560 look, 80 put into the cart, 30 begin to pay, 30 buy.',
      }
    default:
      return {
        weights: buckets.map((_, bucket) => 2 ** (buckets.length - 1 - bucket)),
        from: 'The truth is made up: each bucket has half as many as the one before.',
      }
  }
}

function interestSource({ orders, customers, years }: SharesFile): string {
  const count = new Intl.NumberFormat('en')
  return `The truth is drawn like the shop’s own ${count.format(orders)} orders (${count.format(customers)} customers, ${years.join(' to ')}), each by what most was spent on; that ${LOOKS_AT_NOTHING * 100} % look at nothing is assumed.`
}
