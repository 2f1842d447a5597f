import { describe, expect, it } from 'vitest'
import { itemNeighbours } from '../../../../pack/learn/item-neighbours'
import type { Learner, LearnInput } from '../../../../pack/learn/learner'
import { popularity } from '../../../../pack/learn/popularity'
import { transitions } from '../../../../pack/learn/transitions'
import type { Settings } from '../../../../worker/models/model-part'
import { openPopularity } from '../../../../worker/models/popularity'
import { openRowModel } from '../../../../worker/models/row-model'
import { makeLog } from '../../../support/make-log'

const DAY_MS = 86_400_000
/** Visitors: 0 then 1 four times, 0 then 2 twice, 3 alone. */
const LOG = makeLog(5, [[0, 1], [0, 1], [0, 1], [1, 0], [0, 2], [2, 4, 0], [3]])

function scoresAfter(learner: Learner, item: number, settings: Settings, input: Partial<LearnInput> = {}): number[] {
  const part = learner.learn({ log: LOG, support: 1, seed: 1, ...input }, settings)
  if (part instanceof Promise) throw new Error('learned at once')
  const model = openRowModel(part)
  const out = new Float32Array(model.itemCount)
  model.score({ items: Int32Array.of(item) }, out)
  return [...out]
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of values.entries()) expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(0.03 * expected[at]!)
}

describe('item neighbours', () => {
  const plain = { asymmetry: 0.5, shrinkage: 0, lengthPower: 0 }

  it('are cosines: c(0) = 6, c(1) = 4, c(0, 1) = 4; c(2) = 2 and c(0, 2) = 2', () => {
    expectClose(scoresAfter(itemNeighbours, 0, plain), [0, 4 / Math.sqrt(24), 2 / Math.sqrt(12), 0, 1 / Math.sqrt(6)])
  })

  it('are shrunk, and asymmetric where asked', () => {
    expectClose(scoresAfter(itemNeighbours, 0, { ...plain, shrinkage: 4 }), [
      0,
      (4 / Math.sqrt(24)) * (4 / 8),
      (2 / Math.sqrt(12)) * (2 / 6),
      0,
      (1 / Math.sqrt(6)) * (1 / 5),
    ])
    expectClose(scoresAfter(itemNeighbours, 0, { ...plain, asymmetry: 1 }), [0, 4 / 6, 2 / 6, 0, 1 / 6])
  })

  it('count long sequences less', () => {
    // Worth 1/2 each of the pairs, 1/3 the one of three, 1 the one alone.
    const norms = [5 / 2 + 1 / 3, 2, 1 / 2 + 1 / 3]
    expectClose(scoresAfter(itemNeighbours, 0, { ...plain, lengthPower: 1 }).slice(1, 3), [
      2 / Math.sqrt(norms[0]! * norms[1]!),
      (1 / 2 + 1 / 3) / Math.sqrt(norms[0]! * norms[2]!),
    ])
  })

  it('count an item once a sequence, and a visitor of many sessions once for the support', () => {
    const log = makeLog(2, [[0, 1, 0, 1], [0, 1], [0]])
    expectClose(scoresAfter(itemNeighbours, 0, plain, { log }), [0, 2 / Math.sqrt(6)])
    const alone = { ...log, visitors: Int32Array.of(7, 7, 3) }
    expectClose(scoresAfter(itemNeighbours, 0, plain, { log: alone, support: 2 }), [0, 0])
    const two = { ...log, visitors: Int32Array.of(7, 8, 7) }
    expectClose(scoresAfter(itemNeighbours, 0, plain, { log: two, support: 2 }), [0, 2 / Math.sqrt(6)])
  })

  it('keep no pair of fewer visitors than the support', () => {
    expectClose(scoresAfter(itemNeighbours, 0, plain, { support: 3 }), [0, 4 / Math.sqrt(24), 0, 0, 0])
  })
})

describe('transitions', () => {
  const markov = { reach: 1, asymmetry: 1, shrinkage: 0, decay: 0 }

  it('are a Markov chain: of the six times that 0 came, 1 followed three times and 2 once', () => {
    expectClose(scoresAfter(transitions, 0, markov), [0, 3 / 6, 1 / 6, 0, 0])
    expectClose(scoresAfter(transitions, 2, markov), [0, 0, 0, 0, 1 / 2])
  })

  it('reach further, where each step is worth less', () => {
    expectClose(scoresAfter(transitions, 2, { ...markov, reach: 2, distanceDecay: 0.5 }), [0.5 / 2, 0, 0, 0, 1 / 2])
  })

  it('know no order within a basket, and one step between baskets', () => {
    const log = { ...makeLog(4, [[0, 1, 2, 3]]), times: Float64Array.of(5, 5, 9, 9) }
    expectClose(scoresAfter(transitions, 0, markov, { log }), [0, 0, 1, 1])
    expectClose(scoresAfter(transitions, 2, markov, { log }), [0, 0, 0, 0])
  })

  it('keep no pair of fewer visitors than the support', () => {
    expectClose(scoresAfter(transitions, 0, markov, { support: 2 }), [0, 3 / 6, 0, 0, 0])
  })
})

describe('popularity', () => {
  const scores = (input: Partial<LearnInput>, settings: Settings = { halfLifeDays: 0 }) => {
    const part = popularity.learn({ log: LOG, support: 1, seed: 1, ...input }, settings)
    if (part instanceof Promise) throw new Error('learned at once')
    const out = new Float32Array(part.tensors.counts!.data.length)
    openPopularity(part).score({ items: new Int32Array() }, out)
    return [...out]
  }

  it('is the logarithm of 1 + visitors, from the support on', () => {
    for (const [item, visitors] of [6, 4, 2, 1, 1].entries()) expect(scores({})[item]).toBeCloseTo(Math.log1p(visitors), 3)
    expect(scores({ support: 3 }).map((score) => score > 0)).toEqual([true, true, false, false, false])
  })

  it('counts a visitor once, and lets age halve it', () => {
    const log = {
      ...makeLog(2, [[0, 0], [1], [1]]),
      times: Float64Array.of(0, 10 * DAY_MS, 0, 10 * DAY_MS),
      visitors: Int32Array.of(1, 2, 3),
    }
    const [twice, once] = scores({ log }, { halfLifeDays: 10 })
    expect(twice).toBeCloseTo(Math.log1p(1), 3)
    expect(once).toBeCloseTo(Math.log1p(1.5), 3)
  })

  it('tells nothing of when a single visitor came, however many came long before', () => {
    const since = (days: number) => {
      const log = {
        ...makeLog(2, [[0], [0], [0], [0], [0], [1]]),
        times: Float64Array.of(0, 0, 0, 0, 1000 - days, 1000).map((day) => day * DAY_MS),
      }
      return scores({ log, support: 5 }, { halfLifeDays: 30 })
    }
    for (const days of [1, 7, 20]) expect(since(days)).toEqual([0, 0])
    // Five of the last four half-lives are enough.
    const times = Float64Array.of(880, 880, 940, 970, 1000, 1000).map((day) => day * DAY_MS)
    const [item] = scores({ log: { ...makeLog(2, [[0], [0], [0], [0], [0], [1]]), times }, support: 5 }, { halfLifeDays: 30 })
    expect(item).toBeCloseTo(Math.log1p(1 / 16 + 1 / 16 + 1 / 4 + 1 / 2 + 1), 3)
  })

  it('holds for one item, and for nobody', () => {
    expect(scores({ log: makeLog(1, [[0]]) })[0]).toBeCloseTo(Math.log(2), 3)
    expect(scores({ log: makeLog(2, []) })).toEqual([0, 0])
  })
})
