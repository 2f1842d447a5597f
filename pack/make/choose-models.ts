import { SottoError } from '../../src/shared/errors'
import { isModelName } from '../../worker/models/read-part'
import type { Learner } from '../learn/learner'
import { LEARNERS } from '../learn/learners'

/** Quick to learn, small, and together better than each alone on every public data set tried. */
const DEFAULT_MODELS: ReadonlySet<string> = new Set(['popularity', 'terms', 'item-neighbours', 'transitions'])

/**
 * Which models are learned.
 * @param choice `default`, `all`, or names with commas between.
 * @returns in the order of `LEARNERS`.
 * @throws SottoError `invalid-argument` naming what is no model.
 */
export function chooseModels(choice: string): readonly Learner[] {
  if (choice === 'all') return LEARNERS
  if (choice === 'default') return LEARNERS.filter(({ model }) => DEFAULT_MODELS.has(model))
  const names = choice.split(',').map((name) => name.trim())
  const known = LEARNERS.map(({ model }) => model)
  const unknown = names.find((name) => !(isModelName(name) && known.includes(name)))
  if (unknown === undefined) return LEARNERS.filter(({ model }) => names.includes(model))
  throw new SottoError('invalid-argument', `there is no model "${unknown}", expected default, all, or some of ${known.join(', ')}`)
}
