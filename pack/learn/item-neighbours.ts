import { countCoOccurrence } from './co-occurrence'
import type { Learner } from './learner'
import { RowBuilder } from './row-builder'

const DEFAULTS = { asymmetry: 0.5, shrinkage: 20, lengthPower: 0, kept: 100, decay: 0.7, halfLifeDays: 0 }

/**
 * Item-item cosine: with c(i, j) the sequences that hold both, the row of i gives j c(i, j) / (c(i)^a c(j)^(1 - a)), shrunk by
 * c(i, j) / (c(i, j) + shrinkage). Long sequences, which say less about each pair, count 1 / length^lengthPower.
 * Sources: Deshpande and Karypis (TOIS 2004), section 4; asymmetric: Aiolli (RecSys 2013); shrinkage: Bell and Koren (ICDM 2007).
 */
export const itemNeighbours: Learner = {
  model: 'item-neighbours',
  canLearn: ({ log }) => log.items.length > log.starts.length - 1,
  choices: [DEFAULTS, { ...DEFAULTS, lengthPower: 0.5, shrinkage: 5 }, { ...DEFAULTS, decay: 0.85 }, { ...DEFAULTS, decay: 0.5 }],
  learn({ log, support, onProgress }, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const { norms, tallyOf } = countCoOccurrence(log, settings.lengthPower)
    const rows = new RowBuilder(log.itemCount, settings.kept)
    const weights = new Float64Array(log.itemCount)
    for (let item = 0; item < log.itemCount; item++) {
      const { items: others, sums, visitors } = tallyOf(item)
      const own = norms[item]! ** settings.asymmetry
      for (let at = 0; at < others.length; at++) {
        const other = others[at]!
        const together = sums[other]!
        const cosine = together / (own * norms[other]! ** (1 - settings.asymmetry))
        weights[at] = other !== item && visitors[other]! >= support ? (cosine * together) / (together + settings.shrinkage) : 0
      }
      rows.add(others, weights)
      if (item % 1000 === 999) onProgress?.(item / log.itemCount)
    }
    const { tensors, settings: levels } = rows.finish()
    return { model: 'item-neighbours', settings: { ...settings, ...levels }, tensors }
  },
}
