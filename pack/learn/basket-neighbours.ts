import type { InteractionLog } from './interaction-log'
import { itemNeighbours } from './item-neighbours'
import type { Learner } from './learner'

const DEFAULTS = { asymmetry: 0.5, shrinkage: 5, lengthPower: 0.5, kept: 100, decay: 0.8, halfLifeDays: 90 }

/** Item-item cosine of what lay in one basket together, in place of all that one visitor ever took: `itemNeighbours` over baskets. */
export const basketNeighbours: Learner = {
  model: 'basket-neighbours',
  canLearn({ log }) {
    const baskets = splitBaskets(log).starts.length
    return baskets > log.starts.length && baskets <= log.items.length
  },
  choices: [DEFAULTS],
  async learn(input, settings) {
    const part = await itemNeighbours.learn({ ...input, log: splitBaskets(input.log) }, { ...DEFAULTS, ...settings })
    return { ...part, model: 'basket-neighbours' }
  },
}

/** A log whose sequences are the baskets of another's, each its visitor's. Without baskets it is the same. */
export function splitBaskets(log: InteractionLog): InteractionLog {
  const { baskets, starts, items, visitors } = log
  if (!baskets) return log
  const basketStarts: number[] = []
  const basketVisitors: number[] = []
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) {
      if (at > starts[sequence]! && baskets[at] === baskets[at - 1]) continue
      basketStarts.push(at)
      basketVisitors.push(visitors?.[sequence] ?? sequence)
    }
  }
  return { ...log, starts: Int32Array.from([...basketStarts, items.length]), visitors: Int32Array.from(basketVisitors) }
}
