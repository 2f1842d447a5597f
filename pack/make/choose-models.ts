import { SottoError } from '../../src/shared/errors'
import type { ModelName } from '../../worker/models/model-part'
import type { Learner } from '../learn/learner'
import { blendCandidates, LEARNERS } from '../learn/learners'

/** What is to be learned. */
export type ModelChoice = {
  /** Each by itself, with its default settings, unless it is in the blend already. */
  readonly alone: readonly Learner[]
  /** Candidates for the blend, which chooses among them and sets them by what it holds out; none: no blend. */
  readonly blended: readonly Learner[]
}

/** What the shelves `trending`, `bought-together` and `next` need, whatever the blend is made of. */
const FOR_SHELVES: ReadonlySet<ModelName> = new Set(['popularity', 'item-neighbours', 'basket-neighbours', 'transitions'])

/**
 * Which models are learned.
 * @param choice `default`: the blend, and what single shelves need; `all`: every model, and the blend; or names with commas between.
 * @throws SottoError `invalid-argument` naming what is no model.
 */
export function chooseModels(choice: string): ModelChoice {
  // Shelves leave out what a visitor has touched.
  const blended = blendCandidates(true)
  if (choice === 'all') return { alone: LEARNERS, blended }
  if (choice === 'default') return { alone: LEARNERS.filter(({ model }) => FOR_SHELVES.has(model)), blended }
  const names = choice.split(',').map((name) => name.trim())
  const known = [...LEARNERS.map(({ model }): string => model), 'blend']
  const unknown = names.find((name) => !known.includes(name))
  if (unknown === undefined) {
    return { alone: LEARNERS.filter(({ model }) => names.includes(model)), blended: names.includes('blend') ? blended : [] }
  }
  throw new SottoError('invalid-argument', `there is no model "${unknown}", expected default, all, or some of ${known.join(', ')}`)
}
