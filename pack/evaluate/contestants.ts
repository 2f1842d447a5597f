import { SottoError } from '../../src/shared/errors'
import { LEARNERS } from '../learn/learners'
import type { Contestant } from './contestant'
import { singleModel } from './single-model'

/** Everything that can be measured: each model by itself. */
export function contestants(): Contestant[] {
  return LEARNERS.map(singleModel)
}

/**
 * Those that the command names: `default`, `all`, or names with commas between them.
 * @throws SottoError `invalid-argument` for a name that there is not, with those that there are.
 */
export function chosenContestants(models: string): Contestant[] {
  const all = contestants()
  if (models === 'all' || models === 'default') return all
  return models.split(',').map((name) => {
    const found = all.find((each) => each.name === name.trim())
    if (found) return found
    const known = all.map((each) => each.name).join(', ')
    throw new SottoError('invalid-argument', `--models names "${name.trim()}"; there are: default, all, ${known}`)
  })
}
