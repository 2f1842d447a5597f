import { LOG_COUNT_UNITS } from '../../worker/models/popularity'
import { agedWorth } from './aged-worth'
import type { Learner } from './learner'

const MAX_UINT16 = 65_535

/**
 * Counts the visitors who took an item for their first time, each by how long before the end of the log that was: half for each half-life.
 * Who wants something new to them is told of by others' first times better than by all that is taken, which regular orders fill. Items that
 * fewer visitors than the support began with within four half-lives count as 0; see `agedWorth`.
 */
export const lately: Learner = {
  model: 'lately',
  canLearn: ({ log: { times } }) => !!times?.some((time) => time !== times[0]),
  choices: [{ halfLifeDays: 7 }, { halfLifeDays: 3 }, { halfLifeDays: 21 }],
  learn({ log: { itemCount, starts, items, times = new Float64Array(items.length), visitors }, support }, { halfLifeDays = 7 }) {
    const end = times.reduce((latest, time) => Math.max(latest, time), 0)
    const firstTimes = new Map<number, number>()
    for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
      const visitor = visitors?.[sequence] ?? sequence
      for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) {
        const key = visitor * itemCount + items[at]!
        firstTimes.set(key, Math.min(times[at]!, firstTimes.get(key) ?? times[at]!))
      }
    }
    const people = new Int32Array(itemCount)
    const sums = new Float64Array(itemCount)
    for (const [key, time] of firstTimes) {
      const worth = agedWorth(end - time, halfLifeDays)
      if (!(worth > 0)) continue
      const item = key % itemCount
      people[item]!++
      sums[item]! += worth
    }
    const counts = Uint16Array.from(sums, (sum, item) =>
      people[item]! >= support ? Math.min(MAX_UINT16, Math.round(Math.log1p(sum) * LOG_COUNT_UNITS)) : 0,
    )
    return { model: 'lately', settings: { halfLifeDays }, tensors: { counts: { shape: [itemCount], data: counts } } }
  },
}
