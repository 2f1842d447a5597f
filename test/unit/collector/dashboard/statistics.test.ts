import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketRate, bucketSum } from '../../../../collector/dashboard/statistics/bucket-sum'
import { changeBetween, changeOf, pooled } from '../../../../collector/dashboard/statistics/change'
import { estimateFrom, intervalOf, widened } from '../../../../collector/dashboard/statistics/estimate'
import { bonferroni, standardErrors } from '../../../../collector/dashboard/statistics/normal-quantile'
import { microEpsilon } from '../../../../src/shared/signals/privacy-budget'
import { varianceOf } from '../../../../src/shared/signals/subset-estimate'
import { chancesOf, subsetDesign } from '../../../../src/shared/signals/subset-selection'

/** All sets of `size` of the numbers below `count`. */
function subsets(count: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  return Array.from({ length: count - from }, (_, at) => from + at).flatMap((first) =>
    subsets(count, size - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

/** The variance of Σ w_j B_j over every report there can be, one by one. */
function slowVariance(k: number, d: number, p: number, truth: number, weights: readonly number[]): number {
  const all = subsets(k, d)
  const holding = all.filter((set) => set.includes(truth)).length
  const chance = (set: number[]) => (set.includes(truth) ? p / holding : (1 - p) / (all.length - holding))
  const sum = (set: number[]) => set.reduce((of, bucket) => of + weights[bucket]!, 0)
  const mean = all.reduce((of, set) => of + chance(set) * sum(set), 0)
  return all.reduce((of, set) => of + chance(set) * (sum(set) - mean) ** 2, 0)
}

describe('a sum of buckets', () => {
  test.each([
    [5, 0.8, [0, 0, 1, 1, 1]],
    [6, 0.5, [1, -1, 0, 0, 0, 0]],
    [7, 0.3, [0, 1, 0.5, -2, 1, 0, 0]],
    [4, 2, [0, 0, 1, 1]],
    [2, 1, [0, 1]],
    [3, 0.2, [1, 1, 1]],
  ])('errs as every report there can be says: k = %i, epsilon %f', (k, epsilon, weights) => {
    const design = subsetDesign(k, microEpsilon(epsilon))
    const { p, q } = chancesOf(design)
    const values = Array.from({ length: k }, (_, at) => 10 * (at + 1))
    const reports = values.reduce((sum, value) => sum + value, 0)
    const expected = values.reduce((sum, value, truth) => sum + value * slowVariance(k, design.d, p, truth, weights), 0) / (p - q) ** 2
    const { noise, value } = bucketSum({ epsilon, reports, values }, weights)
    expect(noise * reports ** 2).toBeCloseTo(expected, 6)
    expect(value * reports).toBeCloseTo(
      values.reduce((sum, count, at) => sum + count * weights[at]!, 0),
      9,
    )
  })

  test('of one bucket errs as the estimator says; of all of them not at all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 1, max: 40 }), (k, tenths) => {
        const values = Array.from({ length: k }, (_, at) => 100 + at)
        const counts = { epsilon: tenths / 10, reports: values.reduce((sum, value) => sum + value, 0), values }
        const single = bucketSum(counts, [1, ...values.slice(1).map(() => 0)])
        const design = subsetDesign(k, microEpsilon(counts.epsilon))
        expect(single.noise * counts.reports ** 2).toBeCloseTo(varianceOf(design, counts.reports, 100), 3)
        const all = bucketSum(
          counts,
          values.map(() => 1),
        )
        expect([all.value, Math.abs(all.noise) < 1e-9, Math.abs(all.chance) < 1e-9]).toEqual([1, true, true])
      }),
    )
  })

  test('counts who happened to answer as a share drawn at random does', () => {
    expect(bucketSum({ epsilon: 1, reports: 400, values: [300, 100] }, [0, 1]).chance).toBeCloseTo((0.25 * 0.75) / 400, 12)
  })

  test('takes estimates below 0 as none when it comes to errors, not when it comes to the sum', () => {
    const below = bucketSum({ epsilon: 1, reports: 100, values: [-10, 110] }, [1, 0])
    expect(below.value).toBe(-0.1)
    expect(below.noise).toBeCloseTo(bucketSum({ epsilon: 1, reports: 100, values: [0, 100] }, [1, 0]).noise, 12)
  })
})

test('a sum of buckets that noise was added to, to each for itself, errs by the sum of their errors', () => {
  const sums = { epsilon: 1, reports: 100, values: [50, 30, 20], noises: [4, 9, 16] }
  expect(bucketSum(sums, [0, 1, 1]).noise).toBeCloseTo(25 / 100 ** 2, 12)
  expect(bucketSum(sums, [0, 1, -2]).noise).toBeCloseTo((9 + 4 * 16) / 100 ** 2, 12)
})

describe('a rate', () => {
  const part = [0, 0, 1]
  const whole = [0, 1, 1]

  test('is a share of a share, and more precise than its parts would be if they were independent', () => {
    const counts = { epsilon: 2, reports: 10_000, values: [6000, 3000, 1000] }
    const rate = bucketRate(counts, part, whole)!
    expect(rate.value).toBeCloseTo(0.25, 12)
    const [above, below] = [bucketSum(counts, part), bucketSum(counts, whole)]
    expect(rate.noise).toBeLessThan(above.noise / 0.16 + (below.noise * 0.01) / 0.16 ** 2)
    // Of 4,000 in the whole: what it would vary by without any randomization.
    expect(rate.chance).toBeCloseTo((0.25 * 0.75) / 4000, 12)
  })

  test('is not told of what may be nobody', () => {
    expect(bucketRate({ epsilon: 1, reports: 100, values: [95, 3, 2] }, part, whole)).toBeUndefined()
    expect(bucketRate({ epsilon: 1, reports: 100, values: [120, -10, -10] }, part, whole)).toBeUndefined()
  })
})

describe('intervals', () => {
  test('hold the truth 95 times of 100; who was asked counts only where not all were', () => {
    const estimate = { value: 0.5, noise: 0.0004, chance: 0.0005 }
    expect(intervalOf(estimate, 1).high).toBeCloseTo(0.5 + 1.959964 * 0.02, 9)
    expect(intervalOf(estimate, 0).low).toBeCloseTo(0.5 - 1.959964 * 0.03, 9)
    expect(widened({ value: 0.2, low: 0.17, high: 0.24 }, 0.0009, 1)).toEqual({
      value: 0.2,
      low: expect.closeTo(0.17),
      high: expect.closeTo(0.24),
    })
    expect(widened({ value: 0.2, low: 0.17, high: 0.24 }, 0.0004, 0).low).toBeCloseTo(0.2 - Math.hypot(0.03, 1.959964 * 0.02), 9)
  })

  test('are read back as the errors they came from', () => {
    expect(estimateFrom({ value: 3, low: 3 - 1.959963984540054, high: 3 + 1.959963984540054 })).toEqual({
      value: 3,
      noise: expect.closeTo(1, 9),
      chance: 0,
    })
  })

  test.each([
    [0.95, 1.96],
    [0.9, 1.645],
    [0.99, 2.576],
    [0.999, 3.291],
    [bonferroni(64), 3.36],
  ])('of confidence %f are %f errors to either side', (confidence, errors) => {
    expect(standardErrors(confidence)).toBeCloseTo(errors, 2)
  })
})

describe('a change', () => {
  const at = (value: number, noise = 0.0001) => ({ value, noise, chance: 0 })

  test('is up or down where the interval stands clear of 0', () => {
    expect(changeBetween(at(0.3), at(0.35), 1)).toMatchObject({ direction: 'up', value: expect.closeTo(0.05) })
    expect(changeBetween(at(0.35), at(0.3), 1).direction).toBe('down')
    expect(changeBetween(at(0.3), at(0.32), 1).direction).toBe('unclear')
  })

  test('is called less readily the more of them are looked at', () => {
    // √0.0002 = 0.01414: 0.035 is 2.47 errors; two comparisons ask 2.24, five ask 2.58.
    expect(changeBetween(at(0.3), at(0.335), 2).direction).toBe('up')
    expect(changeBetween(at(0.3), at(0.335), 5).direction).toBe('unclear')
  })

  test('counts who happened to answer', () => {
    expect(changeBetween({ value: 0.3, noise: 0.0001, chance: 0.01 }, at(0.35), 1).direction).toBe('unclear')
  })

  test('of several weeks weighs each by its precision', () => {
    expect(pooled([])).toBeUndefined()
    expect(
      pooled([
        { value: 1, variance: 1 },
        { value: 4, variance: 0.5 },
      ]),
    ).toEqual({ value: 3, variance: expect.closeTo(1 / 3) })
    expect(changeOf(3, Math.sqrt(1 / 3), 1)).toMatchObject({ direction: 'up', low: expect.closeTo(3 - 1.96 * 0.57735, 2) })
  })
})
