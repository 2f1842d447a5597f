import { describe, expect, it } from 'vitest'
import { estimateCounts, varianceOf } from '../../../src/shared/signals/subset-estimate'
import { chancesOf, subsetDesign } from '../../../src/shared/signals/subset-selection'

const design = subsetDesign(8, 1e6)

describe('estimateCounts', () => {
  it('gives back the true counts where reports are as they are on average', () => {
    const { p, q } = chancesOf(design)
    const truth = [500, 250, 125, 60, 30, 20, 10, 5]
    const counts = truth.map((count) => count * p + (1000 - count) * q)
    estimateCounts(design, 1000, counts).forEach(({ value, low, high }, bucket) => {
      expect(value).toBeCloseTo(truth[bucket]!, 6)
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    })
  })

  it('is no number above all or below none that could not be: the value may be, the variance is that of the end', () => {
    const [none, all] = estimateCounts(design, 1000, [0, 1000])
    expect(none!.value).toBeLessThan(0)
    expect(all!.value).toBeGreaterThan(1000)
    expect(none!.high - none!.value).toBeCloseTo(1.959964 * Math.sqrt(varianceOf(design, 1000, 0)), 1)
  })

  it('says nothing of nobody', () => {
    expect(estimateCounts(design, 0, [0, 0])).toEqual([
      { value: 0, low: 0, high: 0 },
      { value: 0, low: 0, high: 0 },
    ])
  })
})

describe('varianceOf', () => {
  it('counts those in the bucket too', () => {
    const { p, q } = chancesOf(design)
    expect(varianceOf(design, 1000, 400)).toBeCloseTo((400 * p * (1 - p) + 600 * q * (1 - q)) / (p - q) ** 2, 6)
    expect(varianceOf(design, 1000, -50)).toBe(varianceOf(design, 1000, 0))
    expect(varianceOf(design, 1000, 2000)).toBe(varianceOf(design, 1000, 1000))
  })
})
