/**
 * Flatter at its head than Zipf's law, as the popularity of goods is (Mandelbrot, 1953): of places 1 and 10 the first is expected to be wanted
 * about twice as much.
 */
const FLATNESS = 10

/** What the order of a feed says of how much its items are wanted: [count], falling, above 0; the proportions alone mean something. */
export function demandByPlace(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, place) => 1 / (place + FLATNESS))
}

/**
 * What orders say: visitors of each item; of those that too few visitors took, half of what would have been enough.
 * @param visitors [items]
 * @param support above 0.
 */
export function demandByVisitors(visitors: ArrayLike<number>, support: number): Float64Array {
  return Float64Array.from(visitors, (count) => (count >= support ? count : support / 2))
}
