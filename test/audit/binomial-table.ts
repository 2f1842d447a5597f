/** Draws of one binomial distribution, exactly in distribution, in the time of a search. */
export type BinomialTable = (uniform: number) => number

/** What is left out on either side is far below 1e-20. */
const WIDTH = 11

/**
 * The reports of many browsers in one draw: how many of `n` hold a bucket, where each does with the same chance.
 * @returns takes a number of [0, 1), gives how many: the inverse of the distribution.
 */
export function binomialTable(n: number, chance: number): BinomialTable {
  const mode = Math.min(n, Math.floor((n + 1) * chance))
  const reach = Math.ceil(WIDTH * Math.sqrt(n * chance * (1 - chance)) + WIDTH)
  const [from, to] = [Math.max(0, mode - reach), Math.min(n, mode + reach)]
  const odds = chance / (1 - chance)
  const sums = new Float64Array(to - from + 1)
  sums[mode - from] = 1
  for (let at = mode + 1; at <= to; at++) sums[at - from] = ((sums[at - 1 - from]! * (n - at + 1)) / at) * odds
  for (let at = mode - 1; at >= from; at--) sums[at - from] = (sums[at + 1 - from]! * (at + 1)) / (n - at) / odds
  for (let at = 1; at < sums.length; at++) sums[at]! += sums[at - 1]!
  const all = sums.at(-1)!
  return (uniform) => {
    const wanted = uniform * all
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return from + low
  }
}
