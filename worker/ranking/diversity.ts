import { cosinesTo, type RowScorer, unitRow } from '../compute/row-vectors'
import type { VectorMatrix } from '../compute/vector-index'

/** A candidate for a shelf. */
export type Candidate = {
  readonly index: number
  /** 0 to somewhat above 1; higher is better. */
  readonly relevance: number
  /** Which of the quotas it counts against. */
  readonly group: number
}

export type DiversityOptions = {
  readonly limit: number
  /** 1: by relevance alone; 0: as unlike as can be. */
  readonly lambda: number
  /** Asked once a pick: how like that pick the items `others` (indices) are, at most about 1 each. */
  readonly likenessTo: (pick: number, others: Int32Array) => ArrayLike<number>
  /** Slots a group may fill; when all groups that still have candidates are at their quota, the rest is filled without. Absent: none. */
  readonly quotas?: readonly number[]
}

/**
 * Picks a shelf by maximal marginal relevance: each pick is the candidate with the greatest
 * `lambda * relevance - (1 - lambda) * (greatest likeness to a pick before it)` (Carbonell and Goldstein, SIGIR 1998), here among the groups
 * whose quota is not used up.
 * @returns at most `limit` of the candidates, each once, in the order picked; ties go to the earlier candidate.
 */
export function diversify<C extends Candidate>(candidates: readonly C[], options: DiversityOptions): C[] {
  const { limit, lambda, likenessTo, quotas } = options
  const left = [...candidates]
  const rows = Int32Array.from(left, ({ index }) => index)
  const nearest = new Float64Array(left.length)
  const room = quotas && [...quotas]
  const picked: C[] = []
  while (picked.length < limit && left.length) {
    const isOpen = ({ group }: C) => !room || room[group]! > 0
    const anyOpen = left.some(isOpen)
    let best = -1
    let bestValue = Number.NEGATIVE_INFINITY
    for (const [at, candidate] of left.entries()) {
      if (anyOpen && !isOpen(candidate)) continue
      const value = lambda * candidate.relevance - (1 - lambda) * nearest[at]!
      if (value > bestValue) {
        best = at
        bestValue = value
      }
    }
    const [pick] = left.splice(best, 1)
    picked.push(pick!)
    if (picked.length === limit) break
    rows.copyWithin(best, best + 1)
    nearest.copyWithin(best, best + 1)
    if (room) room[pick!.group]!--
    const likeness = likenessTo(pick!.index, rows.subarray(0, left.length))
    for (let at = 0; at < left.length; at++) nearest[at] = Math.max(nearest[at]!, likeness[at]!)
  }
  return picked
}

/** `likenessTo` of a shelf of this catalog: the cosine. @param scorer of its vectors. */
export function likenessIn(catalog: VectorMatrix, scorer: RowScorer): DiversityOptions['likenessTo'] {
  return (pick, others) => cosinesTo(scorer, unitRow(catalog, pick), others)
}
