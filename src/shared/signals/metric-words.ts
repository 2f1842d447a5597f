import { bucketsOf, groupsOf } from './metric-buckets'
import type { Metric } from './signal-plan'
import type { Chances } from './subset-selection'

const DEEDS = { viewed: 'viewed', carted: 'put in a cart', bought: 'bought', clicked: 'clicked' } as const
const MONEY = { basket: 'Greatest purchase', spent: 'Spent' } as const

/** What a metric counts, in a few words, where the plan does not say. */
export function titleOf(metric: Metric): string {
  if (metric.title) return metric.title
  switch (metric.counts) {
    case 'interest':
      return 'Category of most interest'
    case 'item':
      return `Item most often ${DEEDS[metric.event]}`
    case 'segment':
      return { stage: 'New, returning and loyal visitors', frequency: 'Visits this week', recency: 'Weeks since the visit before' }[
        metric.by
      ]
    case 'funnel':
      return 'How far towards a purchase'
    case 'shelf':
      return `What became of the shelf '${metric.slot}'`
    case 'campaign':
      return `What became of the promotion '${metric.promotion}'`
    case 'amount':
      return `${MONEY[metric.of]}, in ${metric.currency}`
    case 'mean':
      return `${MONEY[metric.of]}, from 0 (low) to ${metric.most} ${metric.currency} (high)`
    case 'rank':
      return metric.slot ? `Place of the first click in the shelf '${metric.slot}'` : 'Place of the first click in a shelf'
    case 'latency':
      return 'Slowest first shelf, in ms'
    case 'backend':
      return 'What the device computes with'
    case 'errors':
      return 'Pages on which something failed'
    case 'experiment':
      return `Of those who saw a variant: who ${DEEDS[metric.goal]}`
    case 'ranker':
      return 'What choices taught the order of shelves, from less (low) to more (high)'
    default:
      return metric satisfies never
  }
}

/**
 * What a report says, for the visitor whom it is about, and why nobody can hold them to it.
 *
 * @param group place among `groupsOf(metric)`.
 * @param named places among `bucketsOf(metric)`: those that the report holds.
 * @param chances `chancesOf` its design.
 * @example
 * wordsOf(funnel, 0, [1], chances) // How far towards a purchase. This is true of you, or it is not: 'viewed'. What is true is named …
 */
export function wordsOf(metric: Metric, group: number, named: readonly number[], { p, q }: Chances): string {
  const buckets = bucketsOf(metric)
  const drawn = groupsOf(metric)[group]
  const inClear = drawn ? ` ('${drawn}', drawn at random)` : ''
  const said = named.length > 1 ? `One of these ${named.length} is true of you, or none is` : 'This is true of you, or it is not'
  const list = named.map((at) => `'${buckets[at]}'`).join(', ')
  return `${titleOf(metric)}${inClear}. ${said}: ${list}. What is true is named in ${percent(p)} of reports, what is not in ${percent(q)}: nobody can tell which it was here.`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
