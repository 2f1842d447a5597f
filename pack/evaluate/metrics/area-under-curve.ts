/**
 * The probability that a target has a higher score than an item that is no target, ties counting half: the area under the ROC curve. Targets
 * that were left out count as below all. NaN where there are no targets or nothing else: there is nothing to compare then.
 * @param scores probabilities or any scores; below 0 for what is not ranked.
 * @param targets rows, each once.
 * Source: Hanley and McNeil (Radiology 1982).
 */
export function areaUnderCurve(scores: Float32Array, targets: Int32Array): number {
  let ranked = 0
  for (let item = 0; item < scores.length; item++) if (scores[item]! >= 0) ranked++
  let rankedTargets = 0
  let aboveOrHalf = 0
  for (const target of targets) {
    const own = scores[target]!
    if (!(own >= 0)) continue
    rankedTargets++
    for (let item = 0; item < scores.length; item++) {
      if (scores[item]! > own) aboveOrHalf += 1
      else if (scores[item]! === own) aboveOrHalf += 0.5
    }
  }
  // Of two targets one is above the other or they tie, so that each pair has added 1; each target has tied with itself.
  const amongTargets = rankedTargets ** 2 / 2
  const others = ranked - rankedTargets
  const leftOut = targets.length - rankedTargets
  return 1 - (aboveOrHalf - amongTargets + leftOut * others) / (targets.length * others)
}
