import type { Settings } from '../../worker/models/model-part'
import { packTermLists } from '../../worker/models/term-lists'
import type { Learner } from './learner'
import { termLists } from './term-lists'

/**
 * Chosen on the validation items of 22,363 customers of a beauty shop, NDCG@10: .0497 with these, .0481 with the plain power of 1, .0494 with
 * pairs of words at half weight, which double the terms and make the part half as large again.
 */
const DEFAULTS = {
  decay: 0.7,
  halfLifeDays: 0,
  rarityPower: 1.5,
  attribute: 0.7,
  description: 0.3,
  pair: 0,
  part: 0.5,
  minItems: 2,
  maxShare: 0.1,
} satisfies Settings

/** Settings for term lists, whatever is missing as in `DEFAULTS`. */
export function termSettings(settings: Settings): Record<keyof typeof DEFAULTS, number> & Settings {
  return { ...DEFAULTS, ...settings }
}

/** Learns which words items share: needs their texts, no log. */
export const terms: Learner = {
  model: 'terms',
  canLearn: ({ texts }) => !!texts?.some(({ title, attributes }) => title || attributes.length),
  choices: [
    DEFAULTS,
    { ...DEFAULTS, decay: 0.6 },
    { ...DEFAULTS, decay: 0.8 },
    { ...DEFAULTS, pair: 0.5 },
    { ...DEFAULTS, rarityPower: 1 },
  ],
  learn({ texts = [] }, settings) {
    const all = termSettings(settings)
    return { model: 'terms', settings: all, tensors: packTermLists(termLists(texts, all)) }
  },
}
