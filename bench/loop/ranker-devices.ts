import { learnFromShown } from '../../worker/ranking/learned/shown'
import type { Belief } from '../../worker/ranking/ranker/bayesian-ranker'
import type { RankedDeed, RankerShop } from './ranker-shop'

/** A shelf. */
const SHOWN = 10

/** [features] what a device that began with these weights learned from what became of its shelf. */
export type Updates = (deed: RankedDeed, weights: Float64Array) => Float64Array

/** Every visitor who does the same learns the same: it is worked out once. */
export function createUpdates(shop: RankerShop): Updates {
  const known = new Map<Float64Array, Map<RankedDeed, Float64Array>>()
  const beliefs = new Map<Float64Array, Belief>()
  return (deed, weights) => {
    const ofWeights = known.get(weights) ?? new Map<RankedDeed, Float64Array>()
    known.set(weights, ofWeights)
    const found = ofWeights.get(deed)
    if (found) return found
    const belief = beliefs.get(weights) ?? shop.beliefAt(weights)
    beliefs.set(weights, belief)
    const update = learnedOf(deed, belief)
    ofWeights.set(deed, update)
    return update
  }
}

/** A shelf of the best ten, of which what the customer went on to buy was taken. */
function learnedOf({ items, values, targets }: RankedDeed, belief: Belief): Float64Array {
  const dim = belief.mean.length
  const odds = Float64Array.from(items, (_, row) => dot(belief.mean, values, row * dim))
  const best = Array.from(items.keys()).sort((a, b) => odds[b]! - odds[a]! || items[a]! - items[b]!)
  const places = best.slice(0, SHOWN)
  const rows = new Float32Array(places.length * dim)
  for (const [at, row] of places.entries()) rows.set(values.subarray(row * dim, (row + 1) * dim), at * dim)
  const ids = places.map((row) => String(items[row]))
  const shelf = { slot: 'home', time: 1, ids, rows, learned: new Uint8Array(ids.length) }
  const bought = Array.from(targets, (item, at) => ({
    id: `${at}`,
    name: 'purchase' as const,
    time: 2,
    session: 1,
    items: [{ item_id: `${item}` }],
  }))
  const after = learnFromShown({ version: 1, prior: '', belief, shown: [shelf] }, bought, 3)
  return after.belief.mean.map((weight, at) => weight - belief.mean[at]!)
}

function dot(weights: Float64Array, rows: Float32Array, from: number): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * rows[from + at]!
  return sum
}
