import type { Recommender } from '../../worker/models/recommender'
import type { HeldOutCase } from './hold-out'

const CUTOFF = 10

/** NDCG@10 of one model alone, mean over cases: each target among all items but the other targets; ties count against it. 0 without cases. */
export async function soloQuality(model: Recommender, cases: readonly HeldOutCase[], excludesSeen: boolean): Promise<number> {
  const scores = new Float32Array(model.itemCount)
  let total = 0
  for (const { visit, targets } of cases) {
    await model.score(visit, scores)
    if (excludesSeen) for (const item of visit.items) scores[item] = -1
    const own = Array.from(targets, (item) => scores[item] ?? 0).sort((a, b) => b - a)
    for (const item of targets) scores[item] = -1
    let gain = 0
    let ideal = 0
    for (const [place, score] of own.entries()) {
      if (place < CUTOFF) ideal += 1 / Math.log2(place + 2)
      if (!(score > 0)) continue
      let rank = place + 1
      for (let item = 0; item < scores.length && rank <= CUTOFF; item++) if (scores[item]! >= score) rank++
      if (rank <= CUTOFF) gain += 1 / Math.log2(rank + 1)
    }
    total += gain / ideal
  }
  return cases.length ? total / cases.length : 0
}
