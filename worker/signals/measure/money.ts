import { bandOf } from '../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { drawRounded } from './draw-rounded'
import type { Facts } from './facts'
import { ordersOf } from './orders'

type Amount = Pick<Extract<Metric, { counts: 'amount' | 'mean' }>, 'of' | 'currency'>

/** 0: nothing was bought, in this currency. */
export function measureAmount({ bands, ...metric }: Extract<Metric, { counts: 'amount' }>, facts: Facts): number {
  const amount = amountOf(metric, facts)
  return amount === undefined ? 0 : 1 + bandOf(bands, amount)
}

/** 1 with the chance that the amount is of the most there may be. */
export function measureMean({ most, ...metric }: Extract<Metric, { counts: 'mean' }>, facts: Facts): number {
  return drawRounded((amountOf(metric, facts) ?? 0) / most, facts.random)
}

/**
 * The greatest order, or all of them together. Orders in another currency do not count, since no rate of exchange is known here; an order
 * that names none is in the plan's: a shop with several currencies says which.
 */
function amountOf(metric: Amount, { events }: Facts): number | undefined {
  const values = ordersOf(events)
    .filter(({ currency = metric.currency }) => currency === metric.currency)
    .map(({ value }) => value)
  if (values.length === 0) return undefined
  return metric.of === 'basket' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0)
}
