import type { ModelPart, Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import type { HoldOut } from './hold-out'
import type { Learner, LearnInput } from './learner'
import { soloQuality } from './solo-quality'

/** Tells settings apart that differ by a twentieth. */
const MOST_CASES = 1500

type TuneOptions = { readonly excludesSeen: boolean; readonly open: (part: ModelPart) => Promise<Recommender> }

/** The best of a learner's choices by NDCG@10 on what is held out; of equal ones the first. Without cases, or a choice, nothing is learned. */
export async function tune(
  learner: Learner,
  input: LearnInput,
  { log, cases }: HoldOut,
  { excludesSeen, open }: TuneOptions,
): Promise<Settings> {
  let best = learner.choices[0] ?? {}
  if (learner.choices.length < 2 || !cases.length) return best
  const asked = cases.slice(0, MOST_CASES)
  let reached = -1
  for (const settings of learner.choices) {
    const model = await open(await learner.learn({ ...input, log }, settings))
    const quality = await soloQuality(model, asked, excludesSeen)
    model.dispose?.()
    if (quality <= reached) continue
    reached = quality
    best = settings
  }
  return best
}
