import { definePlan } from './define-plan'
import type { DapPlan, Metric, SignalPlan } from './signal-plan'

export type ShopPlanOptions = {
  /**
   * Narrowest categories, as the feed or GA4's `item_category` … `item_category5` name them: 1 to 62, best the 14 that sell most, since
   * error grows with their number.
   */
  readonly categories: readonly string[]
  /** Default: a sentence that fits any shop. */
  readonly purpose?: string
  /** Of one report. Default 1. */
  readonly epsilon?: number
  /** Default 0.25: a browser that comes every week is heard of for sixteen weeks of a year, and not in its first four only. */
  readonly participation?: number
  /** Default 0.1. */
  readonly firstSession?: number
}

const PURPOSE = 'To see how far visits get and which categories draw them, of all visitors together and of nobody alone.'
/** Two metrics in a quarter of the weeks: a year's budget of 8 lasts sixteen weeks of visits. */
const PARTICIPATION = 0.25

/**
 * The plan to begin with, for reports that are randomized on the device: two metrics, so that each browser which answers answers both
 * within a week's budget.
 *
 * `funnel` tells how many look, cart and buy: few buckets, so that it is the most exact, and what any change to a shop should move.
 * `interest` tells which categories draw attention, bought or not, which orders cannot tell; `sotto pack --estimates` corrects the order of
 * popularity by it.
 *
 * @throws SottoError `plan-invalid`: a category of health or the like, more than 62.
 */
export function shopPlan(options: ShopPlanOptions): SignalPlan {
  return definePlan({ ...commonOf(options), metrics: shopMetrics(options.categories).map(withEpsilon(options)) })
}

function commonOf({ purpose = PURPOSE, participation = PARTICIPATION, firstSession }: ShopPlanOptions) {
  return { purpose, participation, ...(firstSession !== undefined && { firstSession }) }
}

function withEpsilon({ epsilon }: ShopPlanOptions): (metric: Metric) => Metric {
  return (metric) => (epsilon === undefined ? metric : { ...metric, epsilon })
}

function shopMetrics(categories: readonly string[]): readonly Metric[] {
  return [
    { name: 'funnel', counts: 'funnel' },
    { name: 'interest', counts: 'interest', categories },
  ]
}

export type WideShopPlanOptions = ShopPlanOptions & {
  /** Slots of shelves, as `slot` of `recommend` and `slot-name` of the element have them. */
  readonly slots: readonly string[]
  /** GA4's `promotion_id`s. Default: none. */
  readonly promotions?: readonly string[]
  /** ISO 4217. */
  readonly currency: string
  /** Lower bounds of bands of the greatest basket, rising, the first above 0. */
  readonly baskets: readonly number[]
  /** Two operators; a task for each metric of the plan, in its order: `metrics` of the plan that comes back names them. */
  readonly dap: DapPlan
}

/**
 * A wider plan, for two operators and noise on the sum (mode `dap`): funnel, interest, stage of visitors, greatest basket, rank of the
 * first click, speed, errors, each shelf, each promotion. Each browser answers two of them in a week, drawn by chance: as many as it has
 * visits to send them in.
 *
 * @throws SottoError `plan-invalid`: as `shopPlan`; more than 16 metrics; not one task for each.
 */
export function wideShopPlan(options: WideShopPlanOptions): SignalPlan {
  const { categories, slots, promotions = [], currency, baskets, dap } = options
  const metrics: readonly Metric[] = [
    ...shopMetrics(categories),
    { name: 'stage', counts: 'segment', by: 'stage' },
    { name: 'basket', counts: 'amount', of: 'basket', currency, bands: baskets },
    { name: 'rank', counts: 'rank' },
    { name: 'speed', counts: 'latency', bands: [50, 100, 200, 400, 800] },
    { name: 'errors', counts: 'errors' },
    ...slots.map((slot, at): Metric => ({ name: `shelf-${at + 1}`, counts: 'shelf', slot })),
    ...promotions.map((promotion, at): Metric => ({ name: `promotion-${at + 1}`, counts: 'campaign', promotion })),
  ]
  return definePlan({ ...commonOf(options), mode: 'dap', metrics: metrics.map(withEpsilon(options)), dap })
}
