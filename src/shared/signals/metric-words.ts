import { bucketsOf, groupsOf } from './metric-buckets'
import type { Metric } from './signal-plan'

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
      return `${MONEY[metric.of]} on average, up to ${metric.most} ${metric.currency}`
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
      return 'What choices teach the order of shelves'
    default:
      return metric satisfies never
  }
}

/**
 * What a report says, for the visitor whom it is about, and why nobody can hold them to it.
 *
 * @param group its place among `groupsOf(metric)`. @param named places among `bucketsOf(metric)` that the report holds.
 * @param chances that it would hold a bucket which is true, and one which is not: `chancesOf`.
 */
export function wordsOf(
  metric: Metric,
  group: number,
  named: readonly number[],
  { p, q }: { readonly p: number; readonly q: number },
): string {
  const buckets = bucketsOf(metric)
  const one = named.length === 1
  const said = one ? `This is true of you, or it is not` : `One of these ${named.length} is true of you, or none is`
  const list = named.map((at) => `'${buckets[at]}'`).join(', ')
  return `${titleOf(metric)}${told(metric, group)}. ${said}: ${list}. By chance: each is named with ${percent(p)} where it is true and ${percent(q)} where it is not.`
}

/** What is in clear beside the bits, and why that gives nothing away. */
function told(metric: Metric, group: number): string {
  const name = groupsOf(metric)[group]
  return name ? ` (${metric.counts === 'experiment' ? 'variant' : 'part'} '${name}', drawn at random)` : ''
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
