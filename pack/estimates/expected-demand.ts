import { poolCounts } from './pool-rounds'
import type { PublishedSignal } from './published-signals'

/** Flatter at its head than Zipf's law, as the popularity of goods is (Mandelbrot, 1953): the first of ten is wanted twice as much as the last. */
const FLATNESS = 10
/** How steeply demand falls along a feed: 1 as with goods in order of popularity, 0 where its order says nothing. The usual one first. */
const STEEPNESSES: readonly number[] = [1, 0.75, 0.5, 0.25, 0]

/**
 * What the order of a feed says of how much its items are wanted; how much that is, the reports themselves tell, as far as they are about items.
 * @param ids [items] in the order of the feed.
 * @returns [items] never rising, above 0; the proportions alone mean something.
 */
export function demandByPlace(ids: readonly string[], signals: readonly PublishedSignal[]): Float64Array {
  const asked = signals.filter(({ counts }) => counts === 'item')
  const placeOf = new Map(ids.map((id, place) => [id, place]))
  let best = steep(ids.length, STEEPNESSES[0]!)
  let least = Number.POSITIVE_INFINITY
  for (const steepness of STEEPNESSES) {
    const expected = steep(ids.length, steepness)
    const misfit = asked.reduce((sum, signal) => sum + misfitOf(signal, placeOf, expected), 0)
    if (!(misfit < least)) continue
    least = misfit
    best = expected
  }
  return best
}

/**
 * What orders say: visitors of each item; of those that too few visitors took, half of what would have been enough.
 * @param visitors [items]
 * @param support above 0.
 */
export function demandByVisitors(visitors: ArrayLike<number>, support: number): Float64Array {
  return Float64Array.from(visitors, (count) => (count >= support ? count : support / 2))
}

function steep(count: number, steepness: number): Float64Array {
  return Float64Array.from({ length: count }, (_, place) => (place + FLATNESS) ** -steepness)
}

/** Squares of what is reported less what is expected, over the noise. */
function misfitOf({ names, rounds }: PublishedSignal, placeOf: ReadonlyMap<string, number>, expected: Float64Array): number {
  const { values, variances } = poolCounts(rounds)
  const known = [...names.keys()].filter((at) => placeOf.has(names[at]!))
  const ownOf = (at: number) => expected[placeOf.get(names[at]!)!]! // of those that are known
  const total = known.reduce((sum, at) => sum + values[at]!, 0)
  const scale = total / known.reduce((sum, at) => sum + ownOf(at), 0)
  return known.reduce((sum, at) => sum + (values[at]! - scale * ownOf(at)) ** 2 / variances[at]!, 0)
}
