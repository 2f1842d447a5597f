import { chancesOf, type SubsetDesign } from './subset-selection'

/**
 * Which true counts a count of reports does not refute, by its exact distribution: the sum of two binomials, of those in the bucket and of all others.
 *
 * @param count reports that hold the bucket, whole.
 * @param dither in [0, 1): which share of the chance of just this count is taken for a lower one. Uniform, it makes the bounds exact.
 * @param beyond chance allowed on either side, below 0.5.
 * @returns whole numbers: the least and the greatest true count. `low` is `reports` + 1 where even all are too few; `high` is −1 where even none is too many.
 * Takes O(reports log reports).
 */
export function exactBounds(
  design: SubsetDesign,
  reports: number,
  count: number,
  dither: number,
  beyond: number,
): { readonly low: number; readonly high: number } {
  const below = (trueCount: number) => chanceBelow(design, reports, trueCount, count, dither)
  return {
    low: firstWhere(reports, (trueCount) => below(trueCount) <= 1 - beyond),
    high: firstWhere(reports, (trueCount) => below(trueCount) < beyond) - 1,
  }
}

/** Least number of 0 … `most` from which on `holds` is true; `most` + 1 where it is for none. */
function firstWhere(most: number, holds: (number: number) => boolean): number {
  let [from, to] = [0, most + 1]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}

/** That there are fewer than `count` reports with the bucket, or as many with the chance `dither`. Falls with the true count. */
function chanceBelow(design: SubsetDesign, reports: number, trueCount: number, count: number, dither: number): number {
  const { p, q } = chancesOf(design)
  const inside = binomial(trueCount, p)
  const others = binomial(reports - trueCount, q)
  let [chance, before] = [0, 0]
  for (let other = 0; other < others.length; other++) {
    const own = count - other
    before += others[other]!
    // All that is before `other` goes with `own` and fewer: summed the other way round, each pair is counted once.
    if (own >= 0 && own < inside.length) chance += inside[own]! * (before - (1 - dither) * others[other]!)
  }
  // With more of one's own than were needed beside the last of the others, all of those are before.
  for (let own = 0; own < Math.min(inside.length, count - others.length + 1); own++) chance += inside[own]!
  return chance
}

/** [n + 1] chances of a binomial, from its mode outwards, so that nothing overflows. */
function binomial(n: number, chance: number): Float64Array {
  const chances = new Float64Array(n + 1)
  const mode = Math.min(n, Math.floor((n + 1) * chance))
  const odds = chance / (1 - chance)
  chances[mode] = 1
  for (let at = mode + 1; at <= n; at++) chances[at] = ((chances[at - 1]! * (n - at + 1)) / at) * odds
  for (let at = mode - 1; at >= 0; at--) chances[at] = (chances[at + 1]! * (at + 1)) / (n - at) / odds
  const sum = chances.reduce((total, each) => total + each, 0)
  return chances.map((each) => each / sum)
}
