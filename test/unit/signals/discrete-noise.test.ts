import { describe, expect, it } from 'vitest'
import { discreteGaussian, discreteLaplace, type Fraction, laplaceScale } from '../../../src/shared/signals/discrete-noise'
import { RandomIntegers } from '../../../src/shared/signals/random-integers'
import { chiSquared } from '../../audit/chi-squared'
import { seededBytes } from '../../support/seeded-bytes'

const DRAWS = 8000
const WIDTH = 60

/** Draws against the weights of the formula: the chance that they are so far off if they follow it. */
function chanceOf(draw: (random: RandomIntegers) => number, weight: (z: number) => number): number {
  const random = new RandomIntegers(seededBytes(7))
  const numbers = Array.from({ length: 2 * WIDTH + 1 }, (_, at) => at - WIDTH)
  const counts = new Float64Array(numbers.length)
  for (let drawn = 0; drawn < DRAWS; drawn++) counts[draw(random) + WIDTH]!++
  const weights = numbers.map(weight)
  const sum = weights.reduce((total, each) => total + each, 0)
  return chiSquared(
    counts,
    weights.map((each) => (DRAWS * each) / sum),
  ).chance
}

describe('discreteLaplace', () => {
  it.each<Fraction>([
    { top: 1n, bottom: 1n },
    { top: 5n, bottom: 2n },
    { top: 3n, bottom: 10n },
    { top: 1_000_000n, bottom: 499_999n },
  ])('has chances in proportion to exp(-|z| / scale), scale $top / $bottom', (scale) => {
    const width = Number(scale.top) / Number(scale.bottom)
    const chance = chanceOf(
      (random) => discreteLaplace(scale, random),
      (z) => Math.exp(-Math.abs(z) / width),
    )
    expect(chance).toBeGreaterThan(0.001)
  })

  it('has the scale of a count that one visitor changes by so much', () => {
    expect(laplaceScale(1, 500_000)).toEqual({ top: 1_000_000n, bottom: 500_000n })
    expect(laplaceScale(4, 1_000_000)).toEqual({ top: 4_000_000n, bottom: 1_000_000n })
  })

  it('refuses a scale of nothing', () => {
    const random = new RandomIntegers(seededBytes(1))
    for (const scale of [laplaceScale(1, 0), laplaceScale(0, 1)])
      expect(() => discreteLaplace(scale, random)).toThrow(expect.objectContaining({ code: 'internal' }))
  })
})

describe('discreteGaussian', () => {
  it.each<Fraction>([
    { top: 1n, bottom: 3n },
    { top: 1n, bottom: 1n },
    { top: 9n, bottom: 2n },
    { top: 100n, bottom: 1n },
  ])('has chances in proportion to exp(-z² / 2 variance), variance $top / $bottom', (variance) => {
    const width = Number(variance.top) / Number(variance.bottom)
    const chance = chanceOf(
      (random) => discreteGaussian(variance, random),
      (z) => Math.exp((-z * z) / (2 * width)),
    )
    expect(chance).toBeGreaterThan(0.001)
  })

  it('tells a variance from another', () => {
    const chance = chanceOf(
      (random) => discreteGaussian({ top: 9n, bottom: 2n }, random),
      (z) => Math.exp((-z * z) / (2 * 4)),
    )
    expect(chance).toBeLessThan(1e-6)
  })
})
