import type { ModelPart, Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { isEnough } from './enough-visitors'
import { evenly } from './evenly'
import type { HoldOut } from './hold-out'
import type { Learner, LearnInput } from './learner'
import { soloQuality } from './solo-quality'

/** Tells settings apart that differ by a twentieth. */
const MOST_CASES = 1500

type TuneOptions = { readonly excludesSeen: boolean; readonly open: (part: ModelPart) => Promise<Recommender> }

/**
 * The best of a learner's choices by NDCG@10 on what is held out; of equal ones the first. Where the cases are of too few visitors, or there is
 * no choice, it is the default and nothing is learned.
 */
export async function tune(
  learner: Learner,
  input: LearnInput,
  { log, cases }: HoldOut,
  { excludesSeen, open }: TuneOptions,
): Promise<Settings> {
  let best = learner.choices[0] ?? {}
  if (learner.choices.length < 2 || !isEnough(cases, input.support)) return best
  const asked = evenly(cases, MOST_CASES)
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
