import type { ModelPart } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import type { BlendOptions, ChosenBlend } from './blend'
import { findTypicals, isWhole, usualWeights } from './blend-voices'
import type { LearnInput } from './learner'
import { rankerPart } from './ranker-part'

type UsualOptions = Pick<BlendOptions, 'learners' | 'open' | 'settings'> & { readonly perVoice: number; readonly ridge: number }

/**
 * The blend of a log that too few visitors' choices speak in: all models that can be learned, with their default settings, weighed as is
 * usual, so that no choice of a visitor is in it but by the models, which rest on the support.
 */
export async function usualBlend(input: LearnInput, { learners, open, settings, perVoice, ridge }: UsualOptions): Promise<ChosenBlend> {
  const candidates = learners.filter((learner) => learner.canLearn(input))
  const chosen = candidates.map((learner) => ({ learner, settings: settings?.[learner.model] ?? learner.choices[0] ?? {} }))
  const models: Recommender[] = []
  for (const { learner, settings } of chosen) models.push(await open(await learner.learn(input, settings)))
  const typicals = await findTypicals(models, [], perVoice)
  for (const model of models) model.dispose?.()
  const names = [...typicals.keys()].filter(isWhole)
  return {
    models: chosen.filter(({ learner }) => typicals.has(learner.model)),
    part: usualPart(names, { ridge, settings: { perVoice, ...Object.fromEntries(names.map((name) => [name, typicals.get(name)!])) } }),
  }
}

/** A ranker's prior of the usual weights, which nobody's choices have touched. @param voices names, in their order. */
export function usualPart(voices: readonly string[], options: Parameters<typeof rankerPart>[2]): ModelPart {
  const weights = usualWeights(voices)
  const dim = weights.length
  return rankerPart({ weights, information: new Float64Array(dim * dim) }, { dim, asked: 0, sets: [] }, options)
}
