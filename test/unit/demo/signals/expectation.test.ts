import { describe, expect, test } from 'vitest'
import { expectedError, expectedOutcome, leastVisibleShare } from '../../../../demo/signals/expectation'
import { actualError, coverageSentence, outcomeOf } from '../../../../demo/signals/outcome'
import { namedBuckets, reportOdds } from '../../../../demo/signals/report-odds'
import { VISITOR_STEPS, visitorsAt } from '../../../../demo/signals/scale'
import { simulatedMetrics } from '../../../../demo/signals/simulated-metric'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import { drawSubset, subsetDesign } from '../../../../src/shared/signals/subset-selection'
import { seededBytes } from '../../../support/seeded-bytes'
import { PLAN, SHARES } from '../make-simulation'

const at = (epsilon: number) => simulatedMetrics(PLAN, SHARES, epsilon)[0]!

describe('what is to be expected', () => {
  test('lies around the truth, by the variance in full', () => {
    const { rows, reports } = expectedOutcome(at(1), 10_000)
    expect(reports).toBe(10_000)
    expect(rows.map(({ truth }) => truth)).toEqual([3000, 2000, 4000, 1000])
    // k = 4 and epsilon 1: one bucket is named, the true one with p = e / (e + 3), another with q = 1 / (e + 3).
    const [p, q] = [Math.E / (Math.E + 3), 1 / (Math.E + 3)]
    const variance = (3000 * p * (1 - p) + 7000 * q * (1 - q)) / (p - q) ** 2
    expect(rows[0]!.high! - 3000).toBeCloseTo(1.959964 * Math.sqrt(variance), 1)
    expect(rows.every(({ value }) => value === undefined)).toBe(true)
  })

  test('grows with the root of the visitors, and shrinks with epsilon', () => {
    expect(expectedError(at(1), 40_000) / expectedError(at(1), 10_000)).toBeCloseTo(2, 6)
    expect(expectedError(at(2), 10_000)).toBeLessThan(expectedError(at(1), 10_000))
    expect(leastVisibleShare(at(1), 40_000)).toBeCloseTo(leastVisibleShare(at(1), 10_000) / 2, 6)
    expect(leastVisibleShare(at(0.1), 100)).toBeGreaterThan(1)
  })
})

describe('what came of a run', () => {
  const metric = at(1)
  const interval = (value: number) => ({ value, low: value - 10, high: value + 10 })
  const outcome = outcomeOf(metric, Uint32Array.of(30, 20, 40, 10), [interval(35), interval(20), interval(51), interval(-1)])

  test('stands beside the truth', () => {
    expect(outcome.rows.map(({ holds }) => holds)).toEqual([true, true, false, false])
    expect(outcome.reports).toBe(100)
    expect(actualError(outcome.rows)).toBeCloseTo(Math.sqrt((25 + 0 + 121 + 121) / 4))
  })

  test('is said in a sentence', () => {
    expect(coverageSentence([outcome])).toMatch(/^The truth lies within 2 of 4 intervals\. .* about 4 were to be expected/)
    const held = outcomeOf(metric, Uint32Array.of(35, 20, 51, 0), [interval(35), interval(20), interval(51), interval(0)])
    expect(coverageSentence([held])).toMatch(/^The truth lies within all 4 intervals/)
    expect(coverageSentence([outcomeOf(metric, Uint32Array.of(1, 1, 1, 1), undefined)])).toMatch(/^Nothing is published/)
    expect(actualError(outcomeOf(metric, Uint32Array.of(1, 1, 1, 1), undefined).rows)).toBeUndefined()
  })
})

describe('what a single report tells', () => {
  test('odds add up, and a guess gets better by no more than e to the epsilon', () => {
    for (const epsilon of [0.1, 1, 2, 4]) {
      const { p, q, named, guess, guessBefore, atMost } = reportOdds(subsetDesign(19, epsilon * 1e6))
      expect(p + 18 * q).toBeCloseTo(named, 9)
      expect(guess / guessBefore).toBeLessThanOrEqual(atMost)
      expect(p / q).toBeGreaterThan(1)
    }
  })

  test('the named buckets are the bits', () => {
    const design = subsetDesign(19, 1e6)
    const bits = drawSubset(design, 3, new RandomIntegers(seededBytes(5)))
    const named = namedBuckets(bits, 19)
    expect(named).toHaveLength(design.d)
    expect(namedBuckets(Uint8Array.of(0b101, 1, 0, 0, 0, 0, 0, 0), 9)).toEqual([0, 2, 8])
  })
})

test('the slider goes from 100 to 100,000, always up, in two figures', () => {
  const visitors = Array.from({ length: VISITOR_STEPS + 1 }, (_, step) => visitorsAt(step))
  expect(visitors[0]).toBe(100)
  expect(visitors[20]).toBe(10_000)
  expect(visitors.at(-1)).toBe(100_000)
  expect(visitors.every((count, step) => step === 0 || count > visitors[step - 1]!)).toBe(true)
  expect(visitors.filter((count) => Number(String(count).slice(2)) !== 0)).toEqual([])
})
