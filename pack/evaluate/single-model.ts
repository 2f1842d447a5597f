import type { Settings } from '../../worker/models/model-part'
import { holdOutSpans } from '../learn/hold-out-spans'
import type { InteractionLog } from '../learn/interaction-log'
import type { Learner } from '../learn/learner'
import { tune } from '../learn/tune'
import { asItGrows } from './as-it-grows'
import type { Contestant, Opened, Preparation, Prepared, Trial } from './contestant'
import { headlineOf } from './headline'
import { measureQuality } from './measure-quality'
import { sampleCases } from './sample-cases'

/** Enough to tell settings apart: one standard error of a hit rate of 0.1 is 0.004 then, and less between answers to the same cases. */
const MOST_CASES = 5000

/**
 * A learner by itself. Of several choices of settings the one that is worth most on the validation is taken, of equal ones the first. Where the
 * test goes through time, on the last weeks of each log in place of the validation: a later answer must not speak for an earlier one.
 */
export function singleModel(learner: Learner): Contestant {
  return {
    name: learner.model,
    canEnter: (input) => learner.canLearn(input),
    async prepare(preparation) {
      if (preparation.task.test.length > 1) return throughTime(learner, preparation)
      const [first = {}, ...others] = learner.choices
      if (others.length === 0 || preparation.task.validation.length === 0) {
        return { settings: first, trials: [], learn: (log) => learned(learner, preparation, log, first) }
      }
      return choose(learner, preparation)
    },
  }
}

function throughTime(learner: Learner, preparation: Preparation): Prepared {
  const { task, inputOf, open } = preparation
  const { excludesSeen } = task
  const growing = asItGrows(async (log): Promise<Settings> => {
    const [lastWeek] = log.times ? holdOutSpans(log, { excludesSeen }) : []
    return lastWeek ? tune(learner, inputOf(log), lastWeek, { excludesSeen, open }) : (learner.choices[0] ?? {})
  })
  return {
    get settings() {
      return growing.latest() ?? {}
    },
    trials: [],
    learn: async (log) => learned(learner, preparation, log, await growing.of(log)),
  }
}

async function choose(learner: Learner, preparation: Preparation): Promise<Prepared> {
  const { task, clock, onProgress } = preparation
  const slices = sampleCases(task.validation, MOST_CASES)
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
