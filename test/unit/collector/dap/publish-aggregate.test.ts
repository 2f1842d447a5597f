import { describe, expect, test } from 'vitest'
import { publishAggregate } from '../../../../collector/dap/publish-aggregate'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { seededBytes } from '../../../support/seeded-bytes'

const FUNNEL: Metric = { name: 'funnel', counts: 'funnel', epsilon: 1 }
const TEST: Metric = { name: 'test', counts: 'experiment', variants: ['old', 'new'], goal: 'bought' }
const BASKET: Metric = { name: 'basket', counts: 'mean', of: 'basket', currency: 'EUR', most: 200, epsilon: 2 }
const SUMS = [900, 50, 30, 15, 5]
/** Of the field that sums are elements of. */
const MODULUS = 340_282_366_920_938_462_946_865_773_367_900_766_209n
const BY_BOTH = { kind: 'aggregators' } as const

describe('noise that the aggregators added', () => {
  test('sums are published as they come, with the interval of two draws', () => {
    const published = publishAggregate(FUNNEL, { reports: 1000, sums: SUMS }, BY_BOTH, 'abc', 0.8)
    expect(published).toMatchObject({ plan: 'abc', name: 'funnel', counts: 'funnel', epsilon: 1, coverage: 0.8 })
    expect(published.groups).toEqual([
      {
        group: '',
        reports: 1000,
        buckets: ['none', 'viewed', 'carted', 'checkout', 'bought'].map((bucket, at) => ({
          bucket,
          value: SUMS[at],
          low: SUMS[at]! - 8,
          high: SUMS[at]! + 8,
        })),
      },
    ])
  })

  test('what noise took below zero comes as a great number, and is published as what it is', () => {
    const sums = [MODULUS - 3n, 0n, MODULUS / 2n, MODULUS - 1n, 7n]
    const { buckets } = publishAggregate(FUNNEL, { reports: 60, sums }, BY_BOTH, 'abc', 1).groups![0]!
    expect([0, 1, 3, 4].map((at) => buckets[at]!.value)).toEqual([-3, 0, -1, 7])
    expect(buckets[2]!.value).toBeGreaterThan(0)
  })
})

describe('noise that is added here', () => {
  test('is unbiased, whole, and within its interval 95 times of 100', () => {
    const random = new RandomIntegers(seededBytes(3))
    let [covered, sum, count] = [0, 0, 0]
    for (let round = 0; round < 1000; round++) {
      for (const [at, { value, low, high }] of publishAggregate(
        FUNNEL,
        { reports: 1000, sums: SUMS },
        { kind: 'here', random },
        'abc',
        1,
      ).groups![0]!.buckets.entries()) {
        expect(Number.isInteger(value)).toBe(true)
        if (low <= SUMS[at]! && SUMS[at]! <= high) covered++
        sum += value - SUMS[at]!
        count++
      }
    }
    // 5,000 draws of deviation 2.8: the mean's is 0.04; the interval holds 95.2 % or more, being whole.
    expect(Math.abs(sum / count)).toBeLessThan(0.16)
    expect(covered / count).toBeGreaterThan(0.945)
    expect(covered / count).toBeLessThan(0.975)
  })
})

test('groups stand apart; how many are in each is an estimate too, and never below zero', () => {
  const { groups } = publishAggregate(TEST, { reports: 100, sums: [60, 2, 35, 4] }, BY_BOTH, 'abc', 1)
  expect(groups!.map(({ group, reports }) => [group, reports])).toEqual([
    ['old', 62],
    ['new', 39],
  ])
  expect(groups!.map(({ buckets }) => buckets.map(({ bucket, value }) => [bucket, value]))).toEqual([
    [
      ['no', 60],
      ['yes', 2],
    ],
    [
      ['no', 35],
      ['yes', 4],
    ],
  ])
  const few = publishAggregate(TEST, { reports: 100, sums: [101, 3, MODULUS - 4n, 1] }, BY_BOTH, 'abc', 1)
  expect(few.groups![1]!.reports).toBe(0)
})

test('a mean is in the metric’s own unit, its interval wide enough for noise and rounding', () => {
  const { mean } = publishAggregate(BASKET, { reports: 1000, sums: [750, 250] }, BY_BOTH, 'abc', 1).groups![0]!
  expect(mean!.value).toBe(50)
  // Rounding: 200 / 1000 x 1.96 x sqrt(1000 x .25 x .75) = 5.37; with the noise a little more.
  expect(mean!.high - 50).toBeCloseTo(5.39, 1)
  expect(mean!.high - 50).toBeCloseTo(50 - mean!.low, 9)
})

test('of fewer than 50 reports nothing is said', () => {
  const published = publishAggregate(FUNNEL, { reports: 49, sums: SUMS }, BY_BOTH, 'abc', 1)
  expect(published.withheld).toBe('fewer than 50 reports')
  expect(published).not.toHaveProperty('groups')
  expect(publishAggregate(FUNNEL, { reports: 50, sums: SUMS }, BY_BOTH, 'abc', 1)).not.toHaveProperty('withheld')
})

test('an aggregate of another task is refused', () => {
  expect(() => publishAggregate(FUNNEL, { reports: 100, sums: [1, 2] }, BY_BOTH, 'abc', 1)).toThrow(
    'the aggregate of funnel has 2 sums, expected 5',
  )
})
