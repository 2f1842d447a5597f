import type { Item } from '../../src/shared/items'
import type { TrendCounts } from '../learn/trend'
import { itemDemand } from './item-demand'
import { poolCounts } from './pool-rounds'
import type { PublishedSignal } from './published-signals'
import { shrink } from './shrink'

/**
 * What of the epochs is lately: one alone is mostly noise. With four, `trending` reached NDCG@10 .0486, with two .0461 (bench `loop`, DAP, 1,000 items;
 * one standard error .002).
 */
const LATE_EPOCHS = 4

/**
 * How much more browsers wanted each item in the last four epochs than the epochs before them (and the orders) lead one to expect, as far as that
 * is beyond noise.
 * @param items their order is that of the rows.
 * @param expected [items] as of `itemDemand`.
 * @param isInformed whether `expected` tells what was wanted: without orders it takes epochs before these.
 * @returns in browsers; 0 where nothing was gained or nobody was asked.
 */
export function itemTrend(
  items: readonly Pick<Item, 'id' | 'categories'>[],
  expected: Float64Array,
  signals: readonly PublishedSignal[],
  isInformed: boolean,
): TrendCounts {
  const gains = new Float64Array(items.length)
  const usual = new Float64Array(items.length)
  const rows = new Map(items.map(({ id }, row) => [id, row]))
  for (const signal of signals) {
    const { counts, names, rounds } = signal
    const since = rounds[0]!.epoch - LATE_EPOCHS
    const late = rounds.filter(({ epoch }) => epoch > since)
    const early = rounds.filter(({ epoch }) => epoch <= since)
    const places = [...names.keys()].filter((place) => rows.has(names[place]!))
    if (counts !== 'item' || places.length < 2 || !(isInformed || early.length > 0)) continue
    const before = early.length > 0 ? itemDemand(items, expected, [{ ...signal, rounds: early }]).values : expected
    const pooled = poolCounts(late)
    const own = Float64Array.from(places, (place) => before[rows.get(names[place]!)!]!)
    const { believed, scale, isBeyondNoise } = shrink({
      values: places.map((place) => pooled.values[place]!),
      variances: places.map((place) => pooled.variances[place]!),
      expected: own,
    })
    if (!isBeyondNoise) continue
    for (const [number, place] of places.entries()) {
      const row = rows.get(names[place]!)!
      usual[row]! += own[number]! * scale
      gains[row]! += Math.max(0, believed[number]! - own[number]!) * scale
    }
  }
  return { gains, expected: usual }
}
