import type { ModelPart, PartTensor } from '../../worker/models/model-part'
import { LOG_COUNT_UNITS } from '../../worker/models/popularity'
import { type TrendCounts, trendSteps } from '../learn/trend'
import type { Demand } from './item-demand'

const MAX_UINT16 = 65_535

/** What visitors reported, beside what the orders said, in the pack's order of items. */
export type Lift = {
  readonly demand: Pick<Demand, 'values' | 'isMeasured'>
  /** [items] what was expected before visitors were heard, above 0. */
  readonly expected: Float64Array
  /** Of the reports. */
  readonly trend: TrendCounts
  /** Of the orders, where there are some with times. */
  readonly ordersTrend?: TrendCounts | undefined
  /** Whether `expected` is visitors in orders, so that what was learned from these is there to be lifted. */
  readonly hasOrders: boolean
}

/**
 * Lifts what popularity parts hold by what visitors reported: counts of `popularity` and `lately` in proportion, trends pooled. Without orders
 * there is a part of what was reported alone, if anything was.
 * @returns the parts in their order; others than these two as they are.
 */
export function liftParts(parts: readonly ModelPart[], lift: Lift): readonly ModelPart[] {
  const { demand, hasOrders } = lift
  const lifted = parts.map((part) => {
    if (part.model !== 'popularity' && part.model !== 'lately') return part
    const counts = liftCounts(part, lift)
    const trend = part.model === 'popularity' ? pooledTrend(lift) : undefined
    return { ...part, tensors: { ...part.tensors, counts, ...(trend && { trend }) } }
  })
  return !hasOrders && demand.isMeasured.includes(1) ? [...lifted, reportedPart(lift)] : lifted
}

/** Counts times what is wanted over what was expected; an item that the orders do not count gets what one so wanted has. */
function liftCounts(part: ModelPart, { demand, expected }: Lift): PartTensor {
  const counts = Float64Array.from(part.tensors.counts?.data ?? [], (steps) => Math.expm1(steps / LOG_COUNT_UNITS))
  let counted = 0
  let wanted = 0
  for (const [row, count] of counts.entries()) {
    if (count === 0) continue
    counted += count
    wanted += expected[row]!
  }
  const perVisitor = wanted > 0 ? counted / wanted : 0
  return countTensor(
    counts.map((count, row) => {
      if (!demand.isMeasured[row]) return count
      return count > 0 ? (count * demand.values[row]!) / expected[row]! : perVisitor * demand.values[row]!
    }),
  )
}

function pooledTrend({ trend, ordersTrend }: Lift): PartTensor | undefined {
  if (!ordersTrend && !trend.gains.some((gain) => gain > 0)) return undefined
  const both = (of: keyof TrendCounts) => trend[of].map((count, row) => count + (ordersTrend?.[of][row] ?? 0))
  return { shape: [trend.gains.length], data: trendSteps({ gains: both('gains'), expected: both('expected') }) }
}

/** Items that nobody was asked about count as 0: nothing is known of them. */
function reportedPart(lift: Lift): ModelPart {
  const { demand, trend } = lift
  // What is expected by places has no unit: the least wanted of those asked about counts as one.
  const least = demand.values.reduce((low, value, row) => (demand.isMeasured[row] ? Math.min(low, value) : low), Number.POSITIVE_INFINITY)
  const counts = countTensor(demand.values.map((value, row) => (demand.isMeasured[row] ? value / least : 0)))
  const steps = trend.gains.some((gain) => gain > 0) ? pooledTrend(lift) : undefined
  return { model: 'popularity', settings: {}, tensors: { counts, ...(steps && { trend: steps }) } }
}

function countTensor(counts: Float64Array): PartTensor {
  return {
    shape: [counts.length],
    data: Uint16Array.from(counts, (count) => Math.min(MAX_UINT16, Math.round(Math.log1p(count) * LOG_COUNT_UNITS))),
  }
}
