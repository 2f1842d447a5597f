import type { Settings } from '../../worker/models/model-part'
import type { InteractionLog } from '../learn/interaction-log'
import type { Learner } from '../learn/learner'
import type { Contestant, Opened, Preparation, Prepared, Trial } from './contestant'
import { headlineOf } from './headline'
import { measureQuality } from './measure-quality'
import { sampleCases, sampleSlices } from './sample-cases'

/** Enough to tell settings apart: one standard error of a hit rate of 0.1 is 0.004 then, and less between answers to the same cases. */
const MOST_CASES = 5000
const MOST_SLICES = 6

/** A learner by itself. Of several choices of settings the one that is worth most on the validation is taken, of equal ones the first. */
export function singleModel(learner: Learner): Contestant {
  return {
    name: learner.model,
    canEnter: (input) => learner.canLearn(input),
    async prepare(preparation) {
      const [first = {}, ...others] = learner.choices
      if (others.length === 0 || preparation.task.validation.length === 0) {
        return { settings: first, trials: [], learn: (log) => learned(learner, preparation, log, first) }
      }
      return choose(learner, preparation)
    },
  }
}

async function choose(learner: Learner, preparation: Preparation): Promise<Prepared> {
  const { task, clock, onProgress } = preparation
  const slices = sampleCases(sampleSlices(task.validation, MOST_SLICES), MOST_CASES)
  const last = slices.at(-1)!
  const lastLog = last.log
  const trials: Trial[] = []
  let best: { readonly trial: Trial; opened?: Opened } | undefined
  for (const [number, settings] of learner.choices.entries()) {
    onProgress(`${learner.model}: settings ${number + 1} of ${learner.choices.length} on the validation`)
    let opened: Opened | undefined
    const quality = await measureQuality(
      slices,
      async (slice) => {
        opened?.close()
        opened = await learned(learner, preparation, slice === last ? lastLog : slice.log, settings)
        return opened.recommender
      },
      { task, clock },
    )
    const trial = { settings, value: headlineOf(task.protocol, quality) }
    trials.push(trial)
    const isBetter = !best || trial.value > best.trial.value
    const worse = isBetter ? best?.opened : opened
    worse?.close()
    if (isBetter) best = { trial, ...(opened && { opened }) }
  }
  const { settings } = best!.trial
  return {
    settings,
    trials,
    async learn(log) {
      const { opened } = best!
      delete best!.opened
      // Where the test learns from the same log, as leave-one-out does, that has been done.
      if (opened && log === lastLog) return opened
      opened?.close()
      return learned(learner, preparation, log, settings)
    },
  }
}

async function learned(learner: Learner, { inputOf, open }: Preparation, log: InteractionLog, settings: Settings): Promise<Opened> {
  const part = await learner.learn(inputOf(log), settings)
  const recommender = await open(part)
  return { recommender, parts: [part], close: () => recommender.dispose?.() }
}
