import type { Candidate } from '../../worker/ranking/diversity'

/** Maximal marginal relevance as its formula reads, every maximum computed anew: slow and obvious. */
export function referenceMmr(
  candidates: readonly Candidate[],
  limit: number,
  lambda: number,
  likeness: (a: number, b: number) => number,
): readonly Candidate[] {
  const picked: Candidate[] = []
  while (picked.length < limit && picked.length < candidates.length) {
    const left = candidates.filter((one) => !picked.includes(one))
    const values = left.map((one) => {
      const nearest = Math.max(0, ...picked.map((pick) => likeness(one.index, pick.index)))
      return lambda * one.relevance - (1 - lambda) * nearest
    })
    picked.push(left[values.indexOf(Math.max(...values))]!)
  }
  return picked
}
