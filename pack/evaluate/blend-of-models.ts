import type { Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { openBlend } from '../../worker/ranking/ranker/blend'
import { type ChosenBlend, chooseBlend, learnChosenBlend } from '../learn/blend'
import type { InteractionLog } from '../learn/interaction-log'
import type { Learner } from '../learn/learner'
import type { Contestant, Opened, Preparation } from './contestant'
import type { EvaluationSlice } from './evaluation-task'
import { sampleCases } from './sample-cases'

/** Where time is cut: the weights need some hundreds of cases, each slice costs a learning of every model. */
const MOST_SLICES = 5
const MOST_CASES = 12_000

/** Where the test goes through time: weights are found anew when the log has grown by this factor. */
const GROWTH = 1.25

/**
 * All learners that the data has enough for, ranked together: which are in it, with which settings and weights, the validation says. Where the
 * test goes through time, a later answer must not speak for an earlier one: then the validation says models and settings only, and the
 * weights are learned from the last weeks of each log.
 */
export function blendOfModels(learners: readonly Learner[]): Contestant {
  return {
    name: 'blend',
    canEnter: (input) => learners.some((learner) => learner.canLearn(input)),
    async prepare(preparation) {
      const { task, inputOf, open, onProgress } = preparation
      // Where the test may not learn from the validation's answers, the ranker may not either: it holds out the end of what is learned from.
      const holdOuts = task.retrained ? [] : largest(task.validation)
      const log = holdOuts[0]?.log ?? task.test.at(-1)!.log
      onProgress('blend: chooses models, settings and weights')
      const options = { learners, open, excludesSeen: task.excludesSeen, ...(holdOuts.length > 0 && { holdOuts }) }
      const chosen = await chooseBlend(inputOf(log), options)
      const chosenFor = task.test.length > 1 ? weighAnew(chosen, preparation) : async () => chosen
      return { settings: settingsOf(chosen), trials: [], learn: async (from) => learned(await chosenFor(from), preparation, from) }
    },
  }
}

/** The same models and settings, with weights from nothing but the log; those of a log before serve until it has grown. */
function weighAnew({ models }: ChosenBlend, { task, inputOf, open }: Preparation): (log: InteractionLog) => Promise<ChosenBlend> {
  const options = {
    learners: models.map(({ learner }) => learner),
    settings: Object.fromEntries(models.map(({ learner, settings }) => [learner.model, settings])),
    open,
    excludesSeen: task.excludesSeen,
    keepsAll: true,
  }
  let latest: { readonly chosen: ChosenBlend; readonly interactions: number } | undefined
  return async (log) => {
    const interactions = log.items.length
    if (!latest || interactions < latest.interactions || interactions > GROWTH * latest.interactions)
      latest = { chosen: await chooseBlend(inputOf(log), options), interactions }
    return latest.chosen
  }
}

/** The slices of the most cases, the one with the most first: settings are chosen on that. Their logs are made once. */
function largest(validation: readonly EvaluationSlice[]): EvaluationSlice[] {
  const byCases = [...validation].sort((a, b) => b.cases.length - a.cases.length)
  return sampleCases(byCases.slice(0, MOST_SLICES), MOST_CASES).map(({ log, cases }) => ({ log, cases }))
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
