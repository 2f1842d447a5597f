import type { Learner } from '../../pack/learn/learner'
import { LEARNERS } from '../../pack/learn/learners'
import type { Settings } from '../../worker/models/model-part'
import { byKind } from './by-kind'
import type { Kinds } from './kinds'

/** Learned from single products: what each needs is there. */
const BY_PRODUCT: ReadonlySet<string> = new Set(['popularity', 'terms', 'user-neighbours', 'matrix-factorization'])
/** Learned from kinds, see `byKind`: no two products were bought together by five people. */
const BY_KIND: ReadonlySet<string> = new Set(['item-neighbours', 'basket-neighbours', 'ease', 'transitions'])

/** In place of the default settings. */
const SETTINGS: Readonly<Record<string, Settings>> = {
  // 793 customers are too few for more: prototypes of fewer of them would have next to nothing in common.
  'matrix-factorization': { dim: 16 },
  'user-neighbours': { visitorsEach: 400 },
  // Kinds are of very different size, and paper goes with everything: what is ordered with little else says more.
  'basket-neighbours': { asymmetry: 0.25 },
}

/**
 * What this shop learns from its orders, each with one choice of settings: so few orders could not tell better ones from worse. Neural
 * models are left out: they take minutes, and a shop should open in seconds.
 */
export function shopLearners(kinds: Kinds): readonly Learner[] {
  return LEARNERS.filter(({ model }) => BY_PRODUCT.has(model) || BY_KIND.has(model)).map((learner) => {
    const { model, choices } = learner
    const chosen = { ...learner, choices: [{ ...choices[0], ...SETTINGS[model] }] }
    return BY_KIND.has(model) ? byKind(chosen, kinds) : chosen
  })
}

/** Whether a model is learned from kinds of products. */
export function isByKind(model: string): boolean {
  return BY_KIND.has(model)
}
