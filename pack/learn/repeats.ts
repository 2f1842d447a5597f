import { chanceOf, STEPS_BACK } from '../../worker/models/repeats'
import type { InteractionLog } from './interaction-log'
import type { Learner } from './learner'

/** Items of a sequence that are looked at, the latest: longer ones are machines. */
const MOST_ITEMS = 100

/**
 * Counts how often an item of a visit was the next one too (see `openRepeats`). A chance is kept where at least `support` visitors came
 * back like that.
 */
export const repeats: Learner = {
  model: 'repeats',
  canLearn: ({ log, support }) => chancesOf(log, support).some((chance) => chance > 0),
  choices: [{}],
  learn({ log, support }) {
    const data = chancesOf(log, support)
    return { model: 'repeats', settings: { itemCount: log.itemCount }, tensors: { chances: { shape: [2, STEPS_BACK], data } } }
  },
}

function chancesOf({ starts, items, visitors }: InteractionLog, support: number): Float32Array {
  const asked = new Float64Array(2 * STEPS_BACK)
  const hits = new Float64Array(2 * STEPS_BACK)
  const people = Array.from(hits, () => new Set<number>())
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    const row = items.subarray(Math.max(starts[sequence]!, starts[sequence + 1]! - MOST_ITEMS), starts[sequence + 1])
    for (let next = 1; next < row.length; next++) {
      const visit = row.subarray(0, next)
      for (let place = 0; place < next; place++) {
        if (visit.lastIndexOf(visit[place]!) !== place) continue
        const chance = chanceOf(visit, place)
        asked[chance]!++
        if (visit[place] !== row[next]) continue
        hits[chance]!++
        // More than the support need not be told apart.
        if (people[chance]!.size < support) people[chance]!.add(visitors?.[sequence] ?? sequence)
      }
    }
  }
  return Float32Array.from(hits, (count, chance) => (people[chance]!.size >= support && count ? count / asked[chance]! : 0))
}
