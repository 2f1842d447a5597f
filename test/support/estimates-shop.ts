import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { bucketsOf } from '../../src/shared/signals/metric-buckets'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { type MadeMetric, madeDocument, madeMetric, madePlan, NEWER_PLAN_HASH, PLAN_HASH, seededIntegers } from './estimates-document'

const CATEGORIES = ['Chairs', 'Desks', 'Desk lamps', 'Notebooks', 'Binders', 'Printers', 'Envelopes', 'Shelving', 'Monitors and their arms']
const FUNNEL: Metric = { name: 'funnel', counts: 'funnel' }
const SHELF: Metric = { name: 'home', counts: 'shelf', slot: 'home' }
const CAMPAIGN: Metric = { name: 'autumn', counts: 'campaign', promotion: 'autumn-sale' }
const RANK: Metric = { name: 'rank', counts: 'rank' }
const INTEREST: Metric = { name: 'interest', counts: 'interest', categories: CATEGORIES }
/** As many buckets as a report holds. */
const ITEMS: Metric = {
  name: 'viewed-items',
  counts: 'item',
  event: 'viewed',
  items: Array.from({ length: 62 }, (_, at) => `item-${at + 1}`),
  epsilon: 2,
}
const STAGE: Metric = { name: 'stage', counts: 'segment', by: 'stage' }
const BASKET: Metric = { name: 'basket', counts: 'amount', of: 'basket', currency: 'EUR', bands: [25, 50, 100, 200] }
const SPENT: Metric = { name: 'spent', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }
const TEST: Metric = { name: 'shelf-test', counts: 'experiment', variants: ['popular', 'for you', 'mixed'], goal: 'clicked', epsilon: 2 }
const LATENCY: Metric = { name: 'latency', counts: 'latency', bands: [50, 100, 250, 1000] }
const BACKEND: Metric = { name: 'backend', counts: 'backend' }
const ERRORS: Metric = { name: 'errors', counts: 'errors' }
const RANKER: Metric = { name: 'ranker', counts: 'ranker', features: ['popularity', 'category', 'brand', 'price'] }
const ALL = [FUNNEL, SHELF, CAMPAIGN, RANK, INTEREST, ITEMS, STAGE, BASKET, SPENT, TEST, LATENCY, BACKEND, ERRORS, RANKER]

/**
 * Estimates of a shop with every kind of question, all made up: six weeks in which more and more browsers buy, one question withheld in the
 * latest week, and a plan that was changed before it. The same at every call.
 */
export function shopDocument(): EstimatesDocument {
  const random = seededIntegers(20_261_109)
  const plans = { [PLAN_HASH]: madePlan(ALL.slice(0, -1)), [NEWER_PLAN_HASH]: madePlan(ALL) }
  const weeks = [5, 4, 3, 2, 1, 0].map((ago) => madeWeek(ago).map((made) => madeMetric(made, random)))
  return madeDocument(plans, weeks.toReversed())
}

function madeWeek(ago: number): readonly MadeMetric[] {
  const grown = 1 - 0.08 * ago
  const browsers = Math.round(24_000 * grown)
  const bought = 0.062 * grown ** 2
  const plan = ago === 0 ? NEWER_PLAN_HASH : PLAN_HASH
  const one = (metric: Metric, truth: readonly number[], share = 0.5): MadeMetric => ({
    metric,
    truth: [truth],
    reports: Math.round(browsers * share),
    coverage: share,
    plan,
  })
  return [
    one(FUNNEL, [0.12, 0.58, 0.15, 0.15 - bought, bought], 1),
    one(SHELF, [0.3, 0.48, 0.14, 0.05, 0.03]),
    { ...one(CAMPAIGN, [0.9, 0.08, 0.01, 0.005, 0.005]), reports: ago === 0 ? 31 : 2400 },
    one(RANK, [0.72, 0.12, 0.06, 0.05, 0.03, 0.02], 0.2),
    one(INTEREST, falling(INTEREST, 0.62)),
    one(ITEMS, falling(ITEMS, 0.9), 0.4),
    one(STAGE, [0.02, 0.38, 0.4, 0.14, 0.06], 0.3),
    one(BASKET, [0.93, 0.02, 0.02, 0.02, 0.007, 0.003]),
    { ...one(SPENT, [0.965, 0.035]) },
    { metric: TEST, truth: [0.2, 0.235, 0.205].map((yes) => [1 - yes, yes]), reports: 3000, coverage: 0.4, plan },
    one(LATENCY, [0.25, 0.4, 0.2, 0.1, 0.04, 0.01], 0.1),
    one(BACKEND, [0.25, 0.03, 0.5, 0.22], 0.1),
    one(ERRORS, [0.985, 0.01, 0.005, 0], 0.1),
    ...(ago === 0 ? [{ metric: RANKER, truth: [0.53, 0.5, 0.49, 0.42].map((up) => [1 - up, up]), reports: 2500, plan }] : []),
  ]
}

/** Ever smaller shares, in the order of the buckets, the first and the last being of none and of others. */
function falling(metric: Metric, ratio: number): readonly number[] {
  const raw = bucketsOf(metric).map((_, at, { length }) => (at === 0 || at === length - 1 ? 0.3 : ratio ** at))
  const sum = raw.reduce((all, share) => all + share, 0)
  return raw.map((share) => share / sum)
}
