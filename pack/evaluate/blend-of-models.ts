import type { Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { openBlend } from '../../worker/ranking/ranker/blend'
import { type ChosenBlend, chooseBlend, learnChosenBlend } from '../learn/blend'
import type { InteractionLog } from '../learn/interaction-log'
import type { Learner } from '../learn/learner'
import { blendCandidates } from '../learn/learners'
import { asItGrows } from './as-it-grows'
import type { Contestant, Opened, Preparation } from './contestant'
import type { EvaluationSlice } from './evaluation-task'
import { sampleCases } from './sample-cases'

/** Of the validation, where it is asked: weights of some dozens of features are known well from so many. */
const MOST_CASES = 12_000

/**
 * The default blend: which of its candidates are in it, with which settings and weights, is chosen as for a pack. Nothing speaks for an answer
 * that is not older:
 * - where the test may not learn from the validation's answers, all is chosen on the end of what is learned from, held out;
 * - where it goes through time, the same from each log for the cases after it, the validation's cases of later times unused;
 * - else on the validation.
 * @param learners of which the candidates are taken.
 */
export function blendOfModels(learners: readonly Learner[]): Contestant {
  return {
    name: 'blend',
    canEnter: (input) => learners.some((learner) => learner.canLearn(input)),
    async prepare(preparation) {
      const { task, onProgress } = preparation
      onProgress('blend: chooses models, settings and weights')
      const isOnce = task.test.length === 1
      const [validation] = isOnce && !task.retrained ? sampleCases(task.validation, MOST_CASES) : []
      const choose = chooserOf(learners, preparation, validation)
      const first = isOnce ? await choose(validation?.log ?? task.test[0]!.log) : undefined
      const growing = asItGrows(choose)
      return {
        get settings() {
          const chosen = first ?? growing.latest()
          return chosen ? settingsOf(chosen) : {}
        },
        trials: [],
        learn: async (log) => learned(first ?? (await growing.of(log)), preparation, log),
      }
    },
  }
}

function chooserOf(learners: readonly Learner[], { task, inputOf, open }: Preparation, validation: EvaluationSlice | undefined) {
  const { excludesSeen } = task
  const options = { learners: blendCandidates(excludesSeen, learners), open, excludesSeen, ...(validation && { holdOuts: [validation] }) }
  return (log: InteractionLog) => chooseBlend(inputOf(log), options)
}

/** As the table tells them: `model.setting`. */
function settingsOf({ models }: ChosenBlend): Settings {
  return Object.fromEntries(
    models.flatMap(({ learner, settings }) => Object.entries(settings).map(([name, value]) => [`${learner.model}.${name}`, value])),
  )
}

async function learned(chosen: ChosenBlend, { inputOf, open }: Preparation, log: InteractionLog): Promise<Opened> {
  const parts = await learnChosenBlend(inputOf(log), chosen)
  const models: Recommender[] = []
  for (const part of parts) if (part.model !== 'blend') models.push(await open(part))
  return {
    recommender: openBlend(chosen.part, models),
    parts,
    close() {
      for (const model of models) model.dispose?.()
    },
  }
}
