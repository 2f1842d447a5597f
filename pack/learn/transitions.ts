import type { Learner } from './learner'
import { logSteps } from './log-steps'
import { findOccurrences } from './occurrences'
import { PairTally } from './pair-tally'
import { RowBuilder } from './row-builder'

const DEFAULTS = { reach: 10, distanceDecay: 0.8, asymmetry: 0.75, shrinkage: 2, kept: 100, decay: 0.7, halfLifeDays: 0 }

/**
 * What came after: of each pair a before b, at most `reach` steps apart, each time counts `distanceDecay` for each step beyond the first; the
 * row of a gives b the sum n(a, b) over n(a)^asymmetry n(b)^(1 - asymmetry), n(x) being how often x came, times n(a, b) / (n(a, b) +
 * shrinkage). With reach 1 and asymmetry 1 it is the first-order Markov chain. Items of one moment (a basket) are no pair.
 * Source: Rendle et al. (WWW 2010), section 3; the distance decay as in the sequential rules of Ludewig and Jannach (UMUAI 2018).
 */
export const transitions: Learner = {
  model: 'transitions',
  canLearn: ({ log }) => log.items.length > log.starts.length - 1,
  choices: [
    DEFAULTS,
    { ...DEFAULTS, reach: 1, asymmetry: 1, shrinkage: 0, decay: 0 },
    { ...DEFAULTS, reach: 3, distanceDecay: 0.5, decay: 0.5 },
  ],
  learn({ log, support, onProgress }, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const { itemCount, items } = log
    const { starts, places, sequenceOf, to, visitorOf } = findOccurrences(log)
    const steps = logSteps(log)
    const tally = new PairTally(itemCount)
    const rows = new RowBuilder(itemCount, settings.kept)
    const weights = new Float64Array(itemCount)
    const worth = Float64Array.from({ length: settings.reach + 1 }, (_, distance) => settings.distanceDecay ** (distance - 1))
    const times = (item: number) => starts[item + 1]! - starts[item]!
    for (let item = 0; item < itemCount; item++) {
      tally.clear()
      for (let place = starts[item]!; place < starts[item + 1]!; place++) {
        const here = places[place]!
        const sequence = sequenceOf[here]!
        for (let at = here + 1; at < to[sequence]!; at++) {
          const distance = steps[at]! - steps[here]!
          if (distance > settings.reach) break
          if (distance > 0) tally.add(items[at]!, worth[distance]!, visitorOf[sequence]!)
        }
      }
      const others = tally.items
      for (let at = 0; at < others.length; at++) {
        const other = others[at]!
        const sum = tally.sums[other]!
        const expected = times(item) ** settings.asymmetry * times(other) ** (1 - settings.asymmetry)
        weights[at] = tally.visitors[other]! >= support ? ((sum / expected) * sum) / (sum + settings.shrinkage) : 0
      }
      rows.add(others, weights)
      if (item % 1000 === 999) onProgress?.(item / itemCount)
    }
    const { tensors, settings: levels } = rows.finish()
    return { model: 'transitions', settings: { ...settings, ...levels }, tensors }
  },
}
