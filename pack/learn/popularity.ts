import { LOG_COUNT_UNITS } from '../../worker/models/popularity'
import { agedWorth } from './aged-worth'
import type { Learner } from './learner'
import { learnTrend } from './trend'

const MAX_UINT16 = 65_535

/**
 * Counts the visitors of each item, where `halfLifeDays` is above 0 and times are known each by its age at the end of the log. Items of fewer
 * visitors than the support count as 0; with a half-life only the visitors of the last four are looked at (see `agedWorth`). Where times are known, the trend comes along; see `learnTrend`.
 */
export const popularity: Learner = {
  model: 'popularity',
  canLearn: ({ log }) => log.itemCount > 0,
  choices: [{ halfLifeDays: 0 }, { halfLifeDays: 30 }, { halfLifeDays: 90 }],
  learn({ log, support }, settings) {
    const trend = learnTrend(log, support)
    const { itemCount, starts, items, times, visitors } = log
    const { halfLifeDays = 0 } = settings
    const end = times?.reduce((latest, time) => Math.max(latest, time), 0) ?? 0
    const sums = new Float64Array(itemCount)
    const people = new Int32Array(itemCount)
    const lastVisitor = new Int32Array(itemCount).fill(-1)
    const sequences = starts.length - 1
    const whose = (sequence: number) => visitors?.[sequence] ?? sequence
    const byVisitor = Int32Array.from({ length: sequences }, (_, sequence) => sequence).sort((a, b) => whose(a) - whose(b))
    for (const sequence of byVisitor) {
      // From the latest: of one visitor's several times the last counts.
      for (let at = starts[sequence + 1]! - 1; at >= starts[sequence]!; at--) {
        const item = items[at]!
        if (lastVisitor[item] === whose(sequence)) continue
        lastVisitor[item] = whose(sequence)
        const worth = times && halfLifeDays > 0 ? agedWorth(end - times[at]!, halfLifeDays) : 1
        if (!(worth > 0)) continue
        people[item]!++
        sums[item]! += worth
      }
    }
    const counts = Uint16Array.from(sums, (sum, item) =>
      people[item]! >= support ? Math.min(MAX_UINT16, Math.round(Math.log1p(sum) * LOG_COUNT_UNITS)) : 0,
    )
    return {
      model: 'popularity',
      settings: { ...settings },
      tensors: {
        counts: { shape: [itemCount], data: counts },
        ...(trend && { trend: { shape: [itemCount], data: trend } }),
      },
    }
  },
}
