/** Where the middle half of a series lies. */
export type Spread = { readonly q1: number; readonly median: number; readonly q3: number }

/**
 * Median and quartiles, by linear interpolation between the sorted values, to three decimals.
 * @throws RangeError for no values: there is nothing to say of them.
 */
export function spread(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError('spread: values is empty, expected at least one')
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = Math.floor(place)
    const low = sorted[below]!
    const high = sorted[Math.min(below + 1, sorted.length - 1)]!
    return rounded(low + (high - low) * (place - below))
  }
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) }
}

/** To three decimals: the clocks of a browser know no more. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
