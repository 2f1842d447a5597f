/**
 * Counts the typing mistakes between two words: letters left out, added or mistaken, and neighbours swapped, one each.
 * @param max where there are more, the count is given up early.
 * @returns 0 for equal words; `max + 1` where there are more than `max`.
 * Source: optimal string alignment, the restricted form of Damerau-Levenshtein distance (no letter is touched twice), over UTF-16 units.
 */
export function editDistance(from: string, to: string, max: number): number {
  if (Math.abs(from.length - to.length) > max) return max + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= to.length; j++) {
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + Number(from[i - 1] !== to[j - 1]))
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) cost = Math.min(cost, beforeLast[j - 2]! + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > max) return max + 1
    beforeLast = last
    last = row
  }
  return Math.min(last[to.length]!, max + 1)
}
