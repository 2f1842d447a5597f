import { describe, expect, test } from 'vitest'
import { noiseBound, noiseVariance } from '../../../src/shared/signals/dap-noise'

const CASES = [10_000, 250_000, 1_000_000, 2_000_000, 4_000_000].flatMap((microEpsilon) =>
  [1, 2].map((draws) => ({ microEpsilon, draws: draws as 1 | 2 })),
) // Both of which are.

/** Chances of -most … most, draw by draw, from the definition. */
function distribution({ microEpsilon, draws }: (typeof CASES)[number], most: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * most + 1 }, (_, at) => Math.exp((-Math.abs(at - most) * microEpsilon) / 2e6))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const one = weights.map((weight) => weight / sum)
  if (draws === 1) return one
  return Float64Array.from({ length: 2 * most + 1 }, (_, at) => {
    let chance = 0
    for (let first = 0; first <= 2 * most; first++) chance += one[first]! * (one[at - first + most] ?? 0)
    return chance
  })
}

describe.each(CASES)('noise of $draws draws at $microEpsilon millionths', (noise) => {
  const most = Math.ceil(3e7 / noise.microEpsilon) + 50
  const chances = distribution(noise, most)
  const within = (bound: number) => chances.subarray(most - bound, most + bound + 1).reduce((all, chance) => all + chance, 0)

  test('the bound is the least that holds 95 times of 100', () => {
    const bound = noiseBound(noise)
    expect(within(bound)).toBeGreaterThanOrEqual(0.95 - 1e-9)
    expect(bound === 0 || within(bound - 1) < 0.95).toBe(true)
  })

  test('the variance is that of the distribution', () => {
    const variance = chances.reduce((all, chance, at) => all + chance * (at - most) ** 2, 0)
    expect(noiseVariance(noise) / variance).toBeCloseTo(1, 3)
  })
})

test('errors at epsilon 1: 2.8 with one aggregator, 4.0 with two', () => {
  expect(Math.sqrt(noiseVariance({ microEpsilon: 1_000_000, draws: 1 }))).toBeCloseTo(2.8, 1)
  expect(Math.sqrt(noiseVariance({ microEpsilon: 1_000_000, draws: 2 }))).toBeCloseTo(4, 1)
})
