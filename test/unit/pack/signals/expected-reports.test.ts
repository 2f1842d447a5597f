import { describe, expect, it } from 'vitest'
import { expectedReports } from '../../../../pack/signals/expected-reports'
import { inclusionChances } from '../../../../src/shared/signals/coverage'
import { costOf } from '../../../../src/shared/signals/metric-design'
import { EPOCH_BUDGET } from '../../../../src/shared/signals/privacy-budget'
import type { Metric, SignalPlan } from '../../../../src/shared/signals/signal-plan'
import { drawAnswers } from '../../../../worker/signals/answers'
import { seededRandom } from '../../signals/measure/facts-of'

function planOf(epsilons: readonly number[], more: Partial<SignalPlan> = {}): SignalPlan {
  const metrics = epsilons.map((epsilon, at): Metric => ({ name: `m-${at}`, counts: 'funnel', epsilon }))
  return { sottoPlan: 1, purpose: 'To see.', metrics, ...more }
}

const ALL = { visitors: 1000, returning: 1, fresh: 0, visits: 100, epochs: 1 }

describe('which metrics a budget lets be asked', () => {
  it('is all of them where it suffices, and an even part where all cost the same', () => {
    expect(inclusionChances([1e6, 1e6], EPOCH_BUDGET)).toEqual([1, 1])
    for (const chance of inclusionChances(new Array(9).fill(1e6), EPOCH_BUDGET)) expect(chance).toBeCloseTo(2 / 9, 12)
    expect(inclusionChances([3e6], EPOCH_BUDGET)).toEqual([0])
  })

  it('of unequal ones, worked by hand: the dear one only where it comes first', () => {
    // 2 and 1 and 1: first 2 (a third) and nothing more; else both of 1.
    const [dear, ...cheap] = inclusionChances([2e6, 1e6, 1e6], EPOCH_BUDGET)
    expect(dear).toBeCloseTo(1 / 3, 12)
    for (const chance of cheap) expect(chance).toBeCloseTo(2 / 3, 12)
  })

  it('is what devices do', () => {
    const plan = planOf([2, 1.5, 1, 0.5, 0.5, 0.3])
    const expected = inclusionChances(plan.metrics.map(costOf), EPOCH_BUDGET)
    const random = seededRandom(4)
    const drawn = plan.metrics.map(() => 0)
    for (let epoch = 0; epoch < 4000; epoch++) for (const { metric } of drawAnswers(plan, EPOCH_BUDGET, false, {}, random)) drawn[metric]!++
    // Five standard errors: 5 x sqrt(.25 / 4000) = .04.
    drawn.forEach((times, at) => {
      expect(Math.abs(times / 4000 - expected[at]!)).toBeLessThan(0.04)
    })
  })
})

describe('how many reports there will be', () => {
  it('one of each metric and browser, where all come back and can answer', () => {
    expect(expectedReports(planOf([1, 1]), ALL)).toEqual({
      coverage: [1, 1],
      reports: [1000, 1000],
      answers: 2,
      weekEpsilon: 2,
      weeksAYear: 4,
      regularsHeard: 4 / 53,
    })
  })

  it('fewer where few come back, few take part, or visits are too few to send in', () => {
    const reports = (plan: SignalPlan, audience: Partial<typeof ALL>) => expectedReports(plan, { ...ALL, ...audience }).reports[0]
    expect(reports(planOf([1, 1]), { returning: 0.3 })).toBeCloseTo(300, 9)
    expect(reports(planOf([1, 1], { participation: 0.5 }), { returning: 0.3 })).toBeCloseTo(150, 9)
    expect(reports(planOf([0.5, 0.5, 0.5, 0.5]), { visits: 2 })).toBeCloseTo(500, 9)
    expect(reports(planOf([1, 1]), { epochs: 4 })).toBeCloseTo(4000, 9)
  })

  it('some at once: of new browsers one in ten answers one metric in its first session, and no more about that week', () => {
    const once = { ...ALL, returning: 0, fresh: 1 }
    expect(expectedReports(planOf([1]), once).reports[0]).toBeCloseTo(100, 9)
    expect(expectedReports(planOf([1, 1]), once).reports).toEqual([50, 50])
    expect(expectedReports(planOf([1], { firstSession: 0 }), once).reports[0]).toBe(0)
    expect(expectedReports(planOf([1, 1]), { ...once, returning: 0.5, visits: 1 }).reports[0]).toBeCloseTo(900 * 0.5 * 0.5 + 100 * 0.5, 9)
    // What the moment itself would tell is not asked then.
    const stage: Metric = { name: 'stage', counts: 'segment', by: 'stage' }
    const plan = planOf([1, 1])
    expect(expectedReports({ ...plan, metrics: [...plan.metrics, stage] }, once).reports).toEqual([50, 50, 0])
  })

  it('says what a year can pay for', () => {
    expect(expectedReports(planOf([0.25, 0.25], { participation: 0.2 }), ALL)).toMatchObject({
      weekEpsilon: 0.5,
      weeksAYear: 16,
      regularsHeard: 1,
    })
  })
})
