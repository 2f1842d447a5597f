import type { Contestant } from '../../pack/evaluate/contestant'
import { findTypicals, usualWeights } from '../../pack/learn/blend-voices'
import { collectChoices } from '../../pack/learn/choice-sets'
import { holdOutLast } from '../../pack/learn/hold-out'
import type { Learner, LearnInput } from '../../pack/learn/learner'
import { rankerPart } from '../../pack/learn/ranker-part'
import type { ModelPart } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import type { Recommender } from '../../worker/models/recommender'
import { openBlend } from '../../worker/ranking/ranker/blend'
import { FeatureRowMaker } from '../../worker/ranking/ranker/feature-rows'

/**
 * What products say of themselves, and what everybody orders. What goes with what has shelves of its own; here it would put binders where a
 * visitor looks for phones. Every visitor fetches all that are in the blend.
 */
export const VOICES: readonly string[] = ['popularity', 'terms']
/** Each model proposes so many products. */
const PER_VOICE = 100
/** Customers whose orders tell what a usual score of each model is, and how seldom what is shown is chosen. */
const TYPICAL_CASES = 200
/** How firmly the first weights are believed, as a precision: what a visitor chooses moves them by about half at first. */
const RIDGE = 4

/**
 * The shop's blend: what its ranker believes before it has met the visitor. Its weights are the usual ones, every model alike. Weights learned
 * from these orders would be learned from chance: they hold no pattern, as the demonstration's own measurement says.
 *
 * @param learners its models are to be in the pack too.
 */
export function shopBlend(learners: readonly Learner[]): Learner {
  return {
    model: 'blend',
    canLearn: (input) => learners.some((learner) => VOICES.includes(learner.model) && learner.canLearn(input)),
    choices: [{}],
    learn: async (input) => (await learnBlend(input, learners)).blend,
  }
}

/** The same blend with its models, to be measured. */
export function blendContestant(learners: readonly Learner[]): Contestant {
  return {
    name: 'blend',
    canEnter: (input) => shopBlend(learners).canLearn(input),
    prepare: async ({ inputOf }) => ({
      settings: {},
      trials: [],
      async learn(log) {
        const { blend, parts, models } = await learnBlend(inputOf(log), learners)
        const close = () => {
          for (const model of models) model.dispose?.()
        }
        return { recommender: openBlend(blend, models), parts: [...parts, blend], close }
      },
    }),
  }
}

type LearnedBlend = { readonly blend: ModelPart; readonly parts: readonly ModelPart[]; readonly models: readonly Recommender[] }

async function learnBlend(input: LearnInput, learners: readonly Learner[]): Promise<LearnedBlend> {
  const { log, seed, tensors } = input
  if (!tensors) throw new Error('a blend is learned with the tensors that open its models')
  const parts: ModelPart[] = []
  const models: Recommender[] = []
  for (const learner of learners.filter(({ model }) => VOICES.includes(model))) {
    const part = await learner.learn(input, learner.choices[0] ?? {})
    parts.push(part)
    models.push(await openModel(part, tensors))
  }
  const { cases } = holdOutLast(log, { excludesSeen: true, mostCases: TYPICAL_CASES, seed })
  const typicals = await findTypicals(models, cases, PER_VOICE)
  // A model asked about the last step alone is not among the usual voices.
  const voices = models.map((model) => ({ model, view: 'all' as const, typical: typicals.get(model.name) ?? 0 }))
  const heard = voices.filter(({ typical }) => typical > 0)
  const choices = await collectChoices(new FeatureRowMaker(heard, PER_VOICE), cases, { excludesSeen: true, mostSets: TYPICAL_CASES })
  const weights = usualWeights(heard.map(({ model }) => model.name))
  const blend = rankerPart({ weights, information: new Float64Array(choices.dim ** 2) }, choices, {
    ridge: RIDGE,
    settings: { perVoice: PER_VOICE, ...Object.fromEntries(heard.map(({ model, typical }) => [model.name, typical])) },
  })
  return { blend, parts, models }
}
