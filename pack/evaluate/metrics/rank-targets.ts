/** What a left-out item is given instead of its score: below every score. */
export const LEFT_OUT = -1

/**
 * Places of the targets in the ranking of all items by score, from 1. Ties are broken against the targets: one stands last among its equals.
 * Targets that tie with each other take the last places among them. A target that was left out, or whose score is no number, has place
 * Infinity; other items whose score is no number stand above the targets.
 * @param scores [itemCount] at least 0; `LEFT_OUT` for what is not ranked.
 * @param targets rows, each once.
 * @returns [targets] in the order of `targets`.
 */
export function rankTargets(scores: Float32Array, targets: Int32Array): Float64Array {
  const ranks = new Float64Array(targets.length)
  for (let at = 0; at < targets.length; at++) {
    const own = scores[targets[at]!]!
    if (!(own >= 0)) {
      ranks[at] = Number.POSITIVE_INFINITY
      continue
    }
    let notBelow = 0
    for (let item = 0; item < scores.length; item++) if (!(scores[item]! < own)) notBelow++
    for (let other = at + 1; other < targets.length; other++) if (scores[targets[other]!] === own) notBelow--
    ranks[at] = notBelow
  }
  return ranks
}
