import { describe, expect, it } from 'vitest'
import { estimateCounts, varianceOf } from '../../../src/shared/signals/subset-estimate'
import { chancesOf, subsetDesign } from '../../../src/shared/signals/subset-selection'
import { countChances } from '../../support/count-chances'

const design = subsetDesign(8, 1e6)

/** Exactly how often intervals cover a truth, over all counts and `dithers` places of the dither. */
function coverage(k: number, epsilon: number, reports: number, trueCount: number, dithers: number): number {
  const design = subsetDesign(k, epsilon * 1e6)
  const chances = countChances(design, reports, trueCount)
  // Estimating what hardly ever happens takes time and changes nothing.
  const counts = [...chances.keys()].filter((count) => chances[count]! > 1e-6)
  let covered = 0
  for (let at = 0; at < dithers; at++)
    for (const [place, { low, high }] of estimateCounts(design, reports, counts, () => (at + 0.5) / dithers).entries())
      if (low <= trueCount && trueCount <= high) covered += chances[counts[place]!]! / dithers
  return covered
}

describe('estimateCounts', () => {
  it('is right on average, exactly, whatever is true', () => {
    for (const trueCount of [0, 1, 13, 60]) {
      const chances = countChances(design, 60, trueCount)
      const estimates = estimateCounts(
        design,
        60,
        chances.map((_, count) => count),
      )
      expect(chances.reduce((sum, chance, count) => sum + chance * estimates[count]!.value, 0)).toBeCloseTo(trueCount, 9)
    }
  })

  const cells = [50, 300].flatMap((reports) =>
    [2, 8, 64].flatMap((k) => [0.5, 1, 2, 4].flatMap((epsilon) => [0, 0.02, 0.4].map((share) => ({ k, epsilon, reports, share })))),
  )
  it('covers 95 of 100 truths in every cell, common and rare, of few reports too', () => {
    for (const { k, epsilon, reports, share } of cells) {
      const covered = coverage(k, epsilon, reports, Math.round(share * reports), 24)
      expect(Math.abs(covered - 0.95), `${reports} reports, k ${k}, epsilon ${epsilon}, share ${share}`).toBeLessThan(0.015)
    }
  })

  it('covers 90 at least where the dither is left out', () => {
    for (const { k, epsilon, reports, share } of cells)
      expect(coverage(k, epsilon, reports, Math.round(share * reports), 1)).toBeGreaterThan(0.9)
  })

  it('has the estimate inside, whatever was counted', () => {
    for (const k of [2, 8, 64])
      for (const reports of [1, 5, 50, 120])
        for (const dither of [0, 0.5, 0.999_999]) {
          const counts = Float64Array.from({ length: reports + 1 }, (_, count) => count)
          for (const { low, value, high } of estimateCounts(subsetDesign(k, 4e6), reports, counts, () => dither)) {
            expect(low).toBeLessThanOrEqual(value)
            expect(high).toBeGreaterThanOrEqual(value)
          }
        }
  })

  it('has the bounds that the variance at themselves gives, where reports are many', () => {
    const { value, low, high } = estimateCounts(design, 100_000, [40_000])[0]!
    expect((value - low) / Math.sqrt(varianceOf(design, 100_000, low))).toBeCloseTo(1.96, 3)
    expect((high - value) / Math.sqrt(varianceOf(design, 100_000, high))).toBeCloseTo(1.96, 3)
  })

  it('goes beyond nobody and everybody with the variance that there is there', () => {
    const [none, all] = estimateCounts(design, 100_000, [0, 100_000])
    expect(none!.value).toBeLessThan(0)
    expect(none!.high - none!.value).toBeCloseTo(1.959964 * Math.sqrt(varianceOf(design, 100_000, 0)), 1)
    expect(all!.value).toBeGreaterThan(100_000)
    expect(all!.value - all!.low).toBeCloseTo(1.959964 * Math.sqrt(varianceOf(design, 100_000, 100_000)), 1)
  })

  it('says nothing of nobody', () => {
    expect(estimateCounts(design, 0, [0, 0])).toEqual([
      { value: 0, low: 0, high: 0 },
      { value: 0, low: 0, high: 0 },
    ])
  })
})

describe('varianceOf', () => {
  it('is that of the estimate over all counts', () => {
    for (const trueCount of [0, 7, 60]) {
      const chances = countChances(design, 60, trueCount)
      const estimates = estimateCounts(
        design,
        60,
        chances.map((_, count) => count),
      )
      const variance = chances.reduce((sum, chance, count) => sum + chance * (estimates[count]!.value - trueCount) ** 2, 0)
      expect(varianceOf(design, 60, trueCount)).toBeCloseTo(variance, 6)
    }
  })

  it('stays what it is beyond the ends', () => {
    const { p, q } = chancesOf(design)
    expect(varianceOf(design, 1000, 400)).toBeCloseTo((400 * p * (1 - p) + 600 * q * (1 - q)) / (p - q) ** 2, 6)
    expect(varianceOf(design, 1000, -50)).toBe(varianceOf(design, 1000, 0))
    expect(varianceOf(design, 1000, 2000)).toBe(varianceOf(design, 1000, 1000))
  })
})
