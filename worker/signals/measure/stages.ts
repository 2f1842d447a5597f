import { FUNNEL_STAGES, type Metric } from '../../../src/shared/signals/signal-plan'
import { cartedItems } from './cart'
import type { Facts } from './facts'
import { ordersOf } from './orders'

/** The furthest stage. A cart that was emptied again, and an order that was taken back, do not count. */
export function measureFunnel({ events }: Facts): number {
  if (ordersOf(events).length > 0) return FUNNEL_STAGES.indexOf('bought')
  if (events.some(({ name }) => name === 'begin_checkout')) return FUNNEL_STAGES.indexOf('checkout')
  if (cartedItems(events).size > 0) return FUNNEL_STAGES.indexOf('carted')
  const looked = events.some(({ name, items }) => name === 'view_item' || name === 'select_item' || (name === 'page_view' && items))
  return looked ? FUNNEL_STAGES.indexOf('viewed') : 0
}

/** 1 where the goal was reached, whatever led to it: what was bought had been carted. */
export function measureExperiment(goal: Extract<Metric, { counts: 'experiment' }>['goal'], { events }: Facts): number {
  switch (goal) {
    case 'clicked':
      return Number(events.some(({ name }) => name === 'select_item' || name === 'select_promotion'))
    case 'carted':
      return Number(cartedItems(events).size + ordersOf(events).length > 0)
    case 'bought':
      return Number(ordersOf(events).length > 0)
    default:
      return goal satisfies never
  }
}
