import { Z95 } from '../../src/shared/signals/z95'

/** A figure with its interval of 95 % confidence. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number }

/** How well members can be told from others by one number each. */
export type Separation = {
  /** Chance that a member's loss is the lower one of a pair: 0.5 where nothing is given away. */
  readonly auc: Estimate
  /** Members called members less others called members, at the best threshold: 0 where nothing is given away, 1 where all is. */
  readonly advantage: Estimate
}

/**
 * Attacks by threshold: whoever's loss is lower was learned from. The threshold is chosen on every other member and other, and tried on
 * those between, so that the advantage is not flattered by its choice; it can be below 0 by chance.
 * @param members, others losses, two or more of each; their order must not depend on them.
 * @throws RangeError for fewer.
 * Source: Yeom, Giacomelli, Fredrikson, Jha: Privacy Risk in Machine Learning, CSF 2018, definition 4 and adversary 2; Hanley, McNeil: The
 * Meaning and Use of the Area under a ROC Curve, Radiology 143 (1982), for the error of the area.
 */
export function separation(members: Float64Array, others: Float64Array): Separation {
  if (members.length < 2 || others.length < 2)
    throw new RangeError(`${members.length} members and ${others.length} others, expected 2 or more of each`)
  return { auc: area(members, others), advantage: advantageOf(members, others) }
}

function area(members: Float64Array, others: Float64Array): Estimate {
  const sorted = others.toSorted()
  let pairs = 0
  for (const loss of members) pairs += sorted.length - (countBelow(sorted, loss, false) + countBelow(sorted, loss, true)) / 2
  const [m, n] = [members.length, others.length]
  const auc = pairs / (m * n)
  const both = auc / (2 - auc) - auc * auc
  const either = (2 * auc * auc) / (1 + auc) - auc * auc
  const error = Math.sqrt(Math.max(0, (auc * (1 - auc) + (m - 1) * both + (n - 1) * either) / (m * n)))
  return { value: auc, low: Math.max(0, auc - Z95 * error), high: Math.min(1, auc + Z95 * error) }
}

function advantageOf(members: Float64Array, others: Float64Array): Estimate {
  const [memberHalf, otherHalf] = [members, others].map((losses) => losses.filter((_, at) => at % 2 === 0).sort()) as [
    Float64Array,
    Float64Array,
  ] // one each
  let [best, threshold] = [0, Number.NEGATIVE_INFINITY]
  for (const loss of memberHalf) {
    const gained = shareAtMost(memberHalf, loss) - shareAtMost(otherHalf, loss)
    if (gained > best) [best, threshold] = [gained, loss]
  }
  const [memberRest, otherRest] = [members, others].map((losses) => losses.filter((_, at) => at % 2 === 1).sort()) as [
    Float64Array,
    Float64Array,
  ] // one each
  const [right, wrong] = [shareAtMost(memberRest, threshold), shareAtMost(otherRest, threshold)]
  const error = Math.sqrt((right * (1 - right)) / memberRest.length + (wrong * (1 - wrong)) / otherRest.length)
  const value = right - wrong
  return { value, low: Math.max(-1, value - Z95 * error), high: Math.min(1, value + Z95 * error) }
}

function shareAtMost(sorted: Float64Array, threshold: number): number {
  return countBelow(sorted, threshold, true) / sorted.length
}

/** How many are below a bound, or at it too. */
function countBelow(sorted: Float64Array, bound: number, isIncluded: boolean): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle]! < bound || (isIncluded && sorted[middle] === bound)) from = middle + 1
    else to = middle
  }
  return from
}
