import { describe, expect, test } from 'vitest'
import { publishMetric } from '../../../../collector/publish/publish-metric'
import { designOf } from '../../../../src/shared/signals/metric-design'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { bucketsIn, drawSubset } from '../../../../src/shared/signals/subset-selection'
import { seededBytes } from '../../../support/seeded-bytes'

const SPENT: Metric = { name: 'spent', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }
const RANKER: Metric = { name: 'ranker', counts: 'ranker', features: ['freshness', 'price'], clip: 0.5 }
const middle = () => 0.5

/** Totals of visitors whose values are shares of the range, each rounded to either end by chance, then randomized. */
function totalsOf(metric: Metric, shares: readonly number[], random: RandomIntegers) {
  const counts = [0, 0]
  for (const share of shares) {
    const bucket = random.below(2 ** 32) < share * 2 ** 32 ? 1 : 0
    for (const one of bucketsIn(drawSubset(designOf(metric), bucket, random))) counts[one]!++
  }
  return { reports: shares.length, counts }
}

describe('publishMetric', () => {
  test('says a mean in the unit of the metric; its interval covers the truth 95 times of 100', () => {
    const random = new RandomIntegers(seededBytes(11))
    const shares = Array.from({ length: 400 }, (_, at) => (at % 10) / 20)
    const truth = 200 * (shares.reduce((sum, share) => sum + share, 0) / shares.length)
    let [covered, sum] = [0, 0]
    const times = 600
    for (let time = 0; time < times; time++) {
      const { mean } = publishMetric(SPENT, [totalsOf(SPENT, shares, random)], 'plan', 1, middle).groups![0]!
      if (mean!.low <= truth && truth <= mean!.high) covered++
      sum += mean!.value / times
    }
    expect(Math.abs(sum - truth)).toBeLessThan(2)
    expect(covered / times).toBeGreaterThan(0.93)
    expect(covered / times).toBeLessThan(0.99)
  })

  test('says what taught the ranker between minus and plus its clip, a coordinate a group', () => {
    const random = new RandomIntegers(seededBytes(12))
    const groups = [0.9, 0.1].map((share) => totalsOf(RANKER, Array(4000).fill(share), random))
    const published = publishMetric(RANKER, groups, 'plan', 0.5, middle)
    expect(published.groups!.map(({ group }) => group)).toEqual(['freshness', 'price'])
    for (const [at, truth] of [0.4, -0.4].entries()) {
      const { low, high } = published.groups![at]!.mean!
      expect([low < truth, truth < high, high - low < 0.25]).toEqual([true, true, true])
    }
  })

  test('names buckets, epsilon and coverage, and has no mean where buckets are counted', () => {
    const totals = { reports: 50, counts: [10, 10, 10, 10, 20] }
    const published = publishMetric({ name: 'a', counts: 'funnel', epsilon: 0.5 }, [totals], 'plan', 0.25, middle)
    expect(published).toMatchObject({ plan: 'plan', name: 'a', counts: 'funnel', epsilon: 0.5, coverage: 0.25 })
    expect(published.groups![0]!.buckets.map(({ bucket }) => bucket)).toEqual(['none', 'viewed', 'carted', 'checkout', 'bought'])
    expect(published.groups![0]).not.toHaveProperty('mean')
  })

  test.each([
    [[50, 50], false],
    [[49, 5000], true],
    [[5000, 0], true],
  ])('of groups with %j reports: withheld is %s', (reports, isWithheld) => {
    const groups = reports.map((count) => ({ reports: count, counts: [count, 0] }))
    const published = publishMetric(RANKER, groups, 'plan', 1, middle)
    expect([published.withheld !== undefined, published.groups === undefined]).toEqual([isWithheld, isWithheld])
    if (isWithheld) expect(JSON.stringify(published)).not.toMatch(/49|5000/)
  })
})
