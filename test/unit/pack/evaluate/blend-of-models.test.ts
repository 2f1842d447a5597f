import { expect, test } from 'vitest'
import { blendOfModels } from '../../../../pack/evaluate/blend-of-models'
import type { Preparation } from '../../../../pack/evaluate/contestant'
import { nextBasket } from '../../../../pack/evaluate/protocols/next-basket'
import { singleModel } from '../../../../pack/evaluate/single-model'
import { chooseBlend } from '../../../../pack/learn/blend'
import type { Learner } from '../../../../pack/learn/learner'
import { popularity } from '../../../../pack/learn/popularity'
import { openModel } from '../../../../worker/models/open-model'
import { nodeTensors } from '../../../support/node-tensors'

const DAY_MS = 86_400_000
const VISITORS = 40
const BASKETS = 8

/** Every visitor comes each tenth day, on a day of their own, for one item more. */
const log = {
  itemCount: 60,
  starts: Int32Array.from({ length: VISITORS + 1 }, (_, visitor) => visitor * BASKETS),
  items: Int32Array.from({ length: VISITORS * BASKETS }, (_, at) => (at >> 3) + (at % BASKETS)),
  times: Float64Array.from({ length: VISITORS * BASKETS }, (_, at) => (10 * (at % BASKETS) + (at >> 3) / 4) * DAY_MS),
  baskets: Int32Array.from({ length: VISITORS * BASKETS }, (_, at) => at % BASKETS),
}

test('through time, nothing that is learned for a slice, weights included, is later than what is asked', async () => {
  const latest: number[] = []
  const watched: Learner = {
    ...popularity,
    learn(input, settings) {
      latest.push(input.log.times!.reduce((most, time) => Math.max(most, time), 0))
      return popularity.learn(input, settings)
    },
  }
  const task = nextBasket({ log })
  expect(task.test.length).toBeGreaterThan(1)
  const tensors = nodeTensors()
  const preparation: Preparation = {
    task,
    inputOf: (of) => ({ log: of, support: 1, seed: 1 }),
    open: (part) => openModel(part, tensors),
    clock: () => 0,
    onProgress: () => {},
  }
  const prepared = await blendOfModels([watched]).prepare(preparation)
  // Models and settings too: nothing is chosen before it is known what may be learned from.
  expect(latest).toEqual([])
  expect(prepared.settings).toEqual({})
  for (const [at, { log: before, cases }] of task.test.entries()) {
    latest.length = 0
    const { recommender, parts, close } = await prepared.learn(before)
    expect(recommender.name).toBe('blend')
    if (at === 0) {
      const { part } = await chooseBlend(preparation.inputOf(before), { learners: [watched], open: preparation.open })
      expect(parts.at(-1)).toEqual(part)
    }
    expect(latest.length).toBeGreaterThan(0)
    for (const { visit } of cases) expect(Math.max(...latest)).toBeLessThan(visit.now!)
    close()
  }
  expect(Object.keys(prepared.settings)).toContain('popularity.halfLifeDays')
})

test('through time, it is chosen anew only when the log has grown by more than a quarter', async () => {
  const asked: number[] = []
  const watched: Learner = {
    ...popularity,
    choices: [{ halfLifeDays: 0 }],
    learn(input, settings) {
      asked.push(input.log.items.length)
      return popularity.learn(input, settings)
    },
  }
  const task = nextBasket({ log })
  const preparation: Preparation = {
    task,
    inputOf: (of) => ({ log: of, support: 1, seed: 1 }),
    open: (part) => openModel(part, nodeTensors()),
    clock: () => 0,
    onProgress: () => {},
  }
  const { learn } = await blendOfModels([watched]).prepare(preparation)
  const shareOf = (share: number) => ({
    ...log,
    starts: log.starts.slice(0, 1 + share * VISITORS),
    items: log.items.slice(0, share * log.items.length),
    times: log.times.slice(0, share * log.items.length),
    baskets: log.baskets.slice(0, share * log.items.length),
  })
  const learned = async (share: number) => {
    asked.length = 0
    await learn(shareOf(share))
    return asked.length
  }
  const first = await learned(0.4)
  expect(first).toBeGreaterThan(1)
  expect(await learned(0.5)).toBe(1)
  expect(await learned(0.55)).toBe(first)
  // Nor may what was chosen from a longer log serve a shorter one.
  expect(await learned(0.4)).toBe(first)
})

test('through time, a single model is set by what is older than what is asked, too', async () => {
  const asked = new Map<number, Set<string>>()
  const watched: Learner = {
    ...popularity,
    learn(input, settings) {
      const latest = input.log.times!.reduce((most, time) => Math.max(most, time), 0)
      const tried = asked.get(latest) ?? new Set()
      asked.set(latest, tried.add(JSON.stringify(settings)))
      return popularity.learn(input, settings)
    },
  }
  // Fifty visitors are the fewest that settings are chosen by; all of these come within the last week.
  const visitors = Array.from({ length: 120 }, (_, visitor) => visitor)
  const busy = {
    itemCount: 60,
    starts: Int32Array.from([0, ...visitors], (_, at) => at * 2),
    items: Int32Array.from(visitors.flatMap((visitor) => [visitor % 30, 30 + (visitor % 7)])),
    times: Float64Array.from(
      visitors.flatMap((visitor) => [visitor, 60 * 24 + visitor]),
      (hours) => (hours * DAY_MS) / 24,
    ),
    baskets: Int32Array.from(visitors.flatMap(() => [0, 1])),
  }
  const preparation: Preparation = {
    task: {
      ...nextBasket({ log: busy }),
      test: [
        { log: busy, cases: [] },
        { log: busy, cases: [] },
      ],
    },
    inputOf: (of) => ({ log: of, support: 1, seed: 1 }),
    open: (part) => openModel(part, nodeTensors()),
    clock: () => 0,
    onProgress: () => {},
  }
  const { learn } = await singleModel(watched).prepare(preparation)
  expect(asked.size).toBe(0)
  const { parts } = await learn(busy)
  const [heldOut, whole] = [...asked].sort(([a], [b]) => a - b)
  // All choices on the log without its last week, then the best of them on all of it.
  expect(heldOut?.[1].size).toBe(popularity.choices.length)
  expect([...(whole?.[1] ?? [])]).toEqual([JSON.stringify(parts[0]?.settings)])
  expect(asked.size).toBe(2)
})
