/**
 * How much of two category paths is the same: the length of their common beginning over that of the longer one.
 * @returns 0 to 1; 0 where either is empty.
 */
export function categoryOverlap(a: readonly string[], b: readonly string[]): number {
  let common = 0
  while (common < a.length && common < b.length && a[common] === b[common]) common++
  return common / (Math.max(a.length, b.length) || 1)
}
