/**
 * Divides slots in proportion to shares: whole parts first, then one each to the largest remainders (Hamilton's method).
 * @param shares sum to 1.
 * @returns counts that sum to `slots`; of equal remainders the earlier share wins.
 */
export function spreadSlots(shares: readonly number[], slots: number): number[] {
  const exact = shares.map((share) => share * slots)
  const counts = exact.map(Math.floor)
  const byRemainder = shares.map((_, at) => at).sort((a, b) => exact[b]! - counts[b]! - (exact[a]! - counts[a]!) || a - b)
  let left = slots - counts.reduce((sum, count) => sum + count, 0)
  for (const at of byRemainder) if (left-- > 0) counts[at]!++
  return counts
}
