import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../bench/support/seeded-random'
import { coverageOf } from '../../../src/shared/signals/coverage'
import { RandomIntegers } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { drawAnswers } from '../../../worker/signals/answers'
import { seededBytes } from '../../support/seeded-bytes'

const planOf = (epsilons: readonly number[], participation = 1): SignalPlan => ({
  sottoPlan: 1,
  purpose: 'Tests.',
  metrics: epsilons.map((epsilon, at) => ({ name: `m${at}`, counts: 'funnel', epsilon })),
  participation,
})

describe('coverageOf', () => {
  test.each([
    [[1], [1]],
    [
      [1, 1],
      [1, 1],
    ],
    [
      [1, 1, 1],
      [2 / 3, 2 / 3, 2 / 3],
    ],
    [
      [2, 2],
      [1 / 2, 1 / 2],
    ],
    // Either the large one comes first, or it does not fit any more.
    [
      [2, 1],
      [1 / 2, 1 / 2],
    ],
    [
      [2, 1, 1],
      [1 / 3, 2 / 3, 2 / 3],
    ],
    [Array(16).fill(1), Array(16).fill(1 / 8)],
  ])('of epsilons %j', (epsilons, expected) => {
    coverageOf(planOf(epsilons)).forEach((share, at) => {
      expect(share).toBeCloseTo(expected[at]!, 12)
    })
  })

  test('counts those who do not take part', () => {
    expect(coverageOf(planOf([1, 1], 0.25))).toEqual([0.25, 0.25])
  })

  test('is the share of devices that draw a metric', () => {
    const plan = planOf([0.3, 0.5, 0.5, 1.1, 1.4, 2, 0.05], 0.8)
    const random = new RandomIntegers(seededBytes(3))
    const asked = plan.metrics.map(() => 0)
    const devices = 20_000
    for (let device = 0; device < devices; device++) for (const { metric } of drawAnswers(plan, 2e6, false, {}, random)) asked[metric]!++
    coverageOf(plan).forEach((share, at) => {
      expect(Math.abs(asked[at]! / devices - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / devices) + 1e-9)
    })
  })

  test('is a share, and more is never asked than the budget holds', () => {
    const random = seededRandom(5)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 16 }), (hundredths) => {
        const shares = coverageOf(planOf(hundredths.map((one) => one / 100)))
        expect(shares.every((share) => share >= 0 && share <= 1 + 1e-12)).toBe(true)
        expect(shares.reduce((sum, share, at) => sum + share * hundredths[at]!, 0)).toBeLessThanOrEqual(200 + 1e-6)
      }),
      { numRuns: 30, seed: Math.floor(random() * 1e6) },
    )
  })
})
