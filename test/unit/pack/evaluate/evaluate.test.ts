import { describe, expect, test } from 'vitest'
import type { Contestant } from '../../../../pack/evaluate/contestant'
import { chosenContestants } from '../../../../pack/evaluate/contestants'
import { evaluate } from '../../../../pack/evaluate/evaluate'
import type { EvaluationTask } from '../../../../pack/evaluate/evaluation-task'
import { present } from '../../../../pack/evaluate/present'
import { leaveOneOut } from '../../../../pack/evaluate/protocols/leave-one-out'
import { sampleCases } from '../../../../pack/evaluate/sample-cases'
import { singleModel } from '../../../../pack/evaluate/single-model'
import { itemNeighbours } from '../../../../pack/learn/item-neighbours'
import type { Learner } from '../../../../pack/learn/learner'
import { popularity } from '../../../../pack/learn/popularity'
import { nodeTensors } from '../../../support/node-tensors'

/** Everybody takes 0, 1 and 2 in order; then the next of 3, 4 and 5. */
const sequences = Array.from({ length: 30 }, (_, visitor) => [0, 1, 2, 3 + (visitor % 3)])
const log = {
  itemCount: 6,
  starts: Int32Array.from({ length: sequences.length + 1 }, (_, sequence) => sequence * 4),
  items: Int32Array.from(sequences.flat()),
}
const task = leaveOneOut({ log })
const options = { support: 1, seed: 1, retrain: false, tensors: nodeTensors(), clock: () => 0, onProgress: () => {} }

/** Learns counts as popularity does, but says so only where `bonus` is not 0; asked logs are noted. */
function learnerOf(bonuses: readonly number[], learnedFrom: number[] = []): Learner {
  return {
    model: 'popularity',
    canLearn: () => true,
    choices: bonuses.map((bonus) => ({ bonus })),
    async learn(input, settings) {
      learnedFrom.push(input.log.items.length)
      const part = await popularity.learn(input, { halfLifeDays: 0 })
      return settings.bonus ? part : { ...part, tensors: { ...part.tensors, counts: { shape: [6], data: new Uint16Array(6) } } }
    },
  }
}

describe('one evaluation', () => {
  test('of the models that the worker runs, by hand', async () => {
    const { models } = await evaluate(task, [singleModel(popularity)], { ...options, retrain: true })
    // Learned from items 0 and 1 only: 3, 4 and 5 tie at 0, so that each target is last of the three that the visitor has not had.
    expect(models[0]!.quality.at[5]).toMatchObject({ hr: { mean: 1 }, mrr: { mean: 1 / 3 }, ndcg: { mean: 0.5 } })
    expect(models[0]!.quality.cases).toBe(30)
    expect(models[0]!.packBytes.raw).toBeGreaterThan(0)
    // The validation's answer is item 2, which the visit holds: nothing is better for it.
    expect(models[0]?.retrained?.at[5]?.mrr.mean).toBeCloseTo(1 / 3, 12)
  })

  test('settings are chosen on the validation, of equal ones the first', async () => {
    const learnedFrom: number[] = []
    // Ten visitors of two items more are learned from whole: the validation's item 2 is known by them.
    const starts = Int32Array.from([...log.starts, ...Array.from({ length: 10 }, (_, pair) => log.items.length + 2 * (pair + 1))])
    const items = Int32Array.from([...log.items, ...Array.from({ length: 10 }, () => [2, 3]).flat()])
    const known = leaveOneOut({ log: { itemCount: 6, starts, items } })
    const { models } = await evaluate(known, [singleModel(learnerOf([0, 1, 2], learnedFrom))], options)
    expect(models[0]!.settings).toEqual({ bonus: 1 })
    expect(models[0]!.trials.map(({ settings }) => settings.bonus)).toEqual([0, 1, 2])
    expect(models[0]!.trials[1]!.value).toBeGreaterThan(models[0]!.trials[0]!.value)
    // Three trials; the test asks what the best of them had learned, from the same log.
    expect(learnedFrom).toEqual([80, 80, 80])
  })

  test('a test on another log is learned anew, and so is what is retrained', async () => {
    const learnedFrom: number[] = []
    const retraining = { ...options, retrain: true }
    const found = await evaluate(task, [singleModel(learnerOf([1, 2], learnedFrom))], retraining)
    expect(learnedFrom).toEqual([60, 60, 90])
    expect(found.models[0]!.retrained?.cases).toBe(30)
  })

  test('one that fails or lacks its data is named, and the others are measured', async () => {
    const failing: Contestant = { name: 'broken', canEnter: () => true, prepare: () => Promise.reject(new Error('no memory')) }
    const lacking: Contestant = { ...failing, name: 'lacking', canEnter: () => false }
    const found = await evaluate(task, [failing, lacking, singleModel(popularity)], options)
    expect(found.models.map(({ model }) => model)).toEqual(['popularity'])
    expect(found.absent).toMatchObject([
      { model: 'broken', isFault: true },
      { model: 'lacking', isFault: false },
    ])
    expect(found.absent[0]!.reason).toContain('no memory')
    expect(present(found)).toMatch(/broken: FAILED: .*no memory/)
  })

  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('a score of %s is a fault of the model, not a good place', async (wrong) => {
    const model: Contestant = {
      name: 'wrong',
      canEnter: () => true,
      prepare: async () => ({
        settings: {},
        trials: [],
        learn: async () => ({
          parts: [],
          close() {},
          recommender: { name: 'popularity', itemCount: 6, score: (_, out) => void out.fill(wrong), explain() {} },
        }),
      }),
    }
    const { absent } = await evaluate(task, [model], options)
    expect(absent[0]?.reason).toMatch(/popularity: the score of row 0 is/)
  })

  test('a model that knows fewer items than there are', async () => {
    const fewer: EvaluationTask = { ...task, itemCount: 9 }
    const { models } = await evaluate(fewer, [singleModel(popularity)], options)
    // Rows 6, 7 and 8 have no score either: each target is last of six.
    expect(models[0]!.quality.at[10]!.mrr.mean).toBeCloseTo(1 / 6, 12)
  })

  test('nothing to ask', async () => {
    const none = leaveOneOut({ log: { itemCount: 1, starts: Int32Array.of(0, 1), items: Int32Array.of(0) } })
    const found = await evaluate({ ...none, test: [] }, [singleModel(popularity)], options)
    expect(found.absent).toEqual([{ model: 'popularity', reason: 'there is nothing to ask', isFault: false }])
    const empty = await evaluate(none, [singleModel(popularity)], options)
    expect(empty.models[0]!.quality.cases).toBe(0)
    expect(present(empty)).toContain('0 cases')
  })

  test('the blend takes part: it learns its models, and its parts are counted', async () => {
    const [blend] = chosenContestants('default', [popularity, itemNeighbours])
    const found = await evaluate({ ...task, excludesSeen: false }, [blend!], options)
    expect(found.absent).toEqual([])
    expect(found.models[0]!.model).toBe('blend')
    expect(found.models[0]!.packBytes.raw).toBeGreaterThan(0)
    expect(found.models[0]!.quality.cases).toBe(30)
  })
})

describe('who takes part', () => {
  const names = (models: string) => chosenContestants(models).map(({ name }) => name)

  test('the blend by default; cheap ones, all, or those named, each once', () => {
    expect(names('default')).toEqual(['blend'])
    expect(names('popularity, ease,popularity')).toEqual(['popularity', 'ease'])
    expect(names('cheap')).not.toContain('sasrec')
    expect(names('cheap')).toContain('blend')
    expect(names('all')).toEqual(expect.arrayContaining(['popularity', 'blend']))
  })

  test('a name that there is not', () => {
    expect(() => chosenContestants('popularity,best')).toThrow(/--models names "best"; there are: default, cheap, all, popularity/)
  })
})

describe('samples', () => {
  const slices = [0, 1, 2].map((slice) => ({
    log,
    cases: Array.from({ length: 10 * (slice + 1) }, (_, at) => ({
      visit: { items: Int32Array.of(slice) },
      targets: Int32Array.of(at),
    })),
  }))
  const counts = (count: number) => sampleCases(slices, count).map(({ cases }) => cases.length)

  test('are spread evenly over all cases, and always the same', () => {
    expect(counts(6)).toEqual([1, 2, 3])
    expect(counts(30)).toEqual([5, 10, 15])
    expect(counts(59)).toEqual([10, 20, 29])
    expect(counts(60)).toEqual([10, 20, 30])
    expect(counts(1000)).toEqual([10, 20, 30])
    expect(sampleCases(slices, 6)).toEqual(sampleCases(slices, 6))
  })

  test('slices without a case fall away', () => {
    expect(counts(1)).toEqual([1])
    expect(sampleCases(slices, 3).flatMap(({ cases }) => cases)).toHaveLength(3)
  })
})
