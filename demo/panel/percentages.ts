/**
 * Shares as whole percents that sum to the rounded sum of the shares, by the method of the largest remainder: 0.366, 0.326 and 0.308 are
 * 37, 32 and 31, where rounding each would give 101 in all.
 *
 * @param shares each 0 to 1, summing to at most 1.
 * @returns as many whole numbers; of equal remainders the first is rounded up.
 */
export function percentages(shares: readonly number[]): number[] {
  const exact = shares.map((share) => share * 100)
  const whole = exact.map(Math.floor)
  const missing = Math.round(exact.reduce((sum, value) => sum + value, 0)) - whole.reduce((sum, value) => sum + value, 0)
  const byRemainder = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) }))
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1
  return whole
}
