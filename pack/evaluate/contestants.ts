import { SottoError } from '../../src/shared/errors'
import type { Learner } from '../learn/learner'
import { LEARNERS, NETWORKS } from '../learn/learners'
import { blendOfModels } from './blend-of-models'
import type { Contestant } from './contestant'
import { singleModel } from './single-model'

/**
 * Those that the command names: `default`, the blend as a pack would have it; `cheap`, those models one by one and the
 * blend; `all`; or names with commas between them. Each once.
 * @throws SottoError `invalid-argument` for a name that there is not, with those that there are.
 */
export function chosenContestants(models: string, learners: readonly Learner[] = LEARNERS): Contestant[] {
  const blend = blendOfModels(learners)
  const all = [...learners.map(singleModel), blend]
  const cheap = all.filter(({ name }) => ![...NETWORKS].some((network) => network === name))
  const named = models.split(',').flatMap((each) => {
    const name = each.trim()
    if (name === 'default') return [blend]
    if (name === 'cheap') return cheap
    if (name === 'all') return all
    const found = all.find((contestant) => contestant.name === name)
    if (found) return [found]
    const known = all.map((contestant) => contestant.name).join(', ')
    throw new SottoError('invalid-argument', `--models names "${name}"; there are: default, cheap, all, ${known}`)
  })
  return [...new Set(named)]
}
