import { describe, expect, it } from 'vitest'
import { experimentSize } from '../../../../pack/signals/experiment-size'
import { dapNoise, localNoise, noNoise, precisionOf, reportsForChange } from '../../../../pack/signals/precision'
import { noiseVariance } from '../../../../src/shared/signals/dap-noise'
import { discreteLaplace, laplaceScale } from '../../../../src/shared/signals/discrete-noise'
import { estimateCounts } from '../../../../src/shared/signals/subset-estimate'
import { bucketsIn, drawSubset, subsetDesign } from '../../../../src/shared/signals/subset-selection'
import { seededRandom } from '../../signals/measure/facts-of'

/** Standard deviation. */
const noiseOf = (microEpsilon: number, draws: 1 | 2) => Math.sqrt(noiseVariance({ microEpsilon, draws }))

describe('noise on a sum', () => {
  it('is as published: at epsilon 1, 2 and 4, of one aggregator and of two', () => {
    const rounded = [1e6, 2e6, 4e6].map((micro) => ([1, 2] as const).map((aggregators) => noiseOf(micro, aggregators).toFixed(2)))
    expect(rounded).toEqual([
      ['2.80', '3.96'],
      ['1.36', '1.92'],
      ['0.60', '0.85'],
    ])
  })

  it('is that of the sampler', () => {
    const random = seededRandom(21)
    const draws = Array.from({ length: 4000 }, () => discreteLaplace(laplaceScale(2, 1e6), random))
    const spread = Math.sqrt(draws.reduce((sum, draw) => sum + draw * draw, 0) / draws.length)
    // The standard error of it is about 2 % here: kurtosis 6.
    expect(Math.abs(spread / noiseOf(1e6, 1) - 1)).toBeLessThan(0.08)
  })
})

describe('what an A/B test takes, from 3 % to 3.3 %', () => {
  const size = experimentSize(0.03, 0.033, 1e6)
  it('is 106,000 reports without privacy', () => {
    expect(Math.round(size.withoutPrivacy / 1000)).toBe(106)
    // z^2 (a (1 - a) + b (1 - b)) / (b - a)^2, of each variant: any textbook.
    expect(size.withoutPrivacy / 2).toBeCloseTo((1.959964 + 0.841621) ** 2 * ((0.03 * 0.97 + 0.033 * 0.967) / 0.003 ** 2), -1)
  })

  it('is 3.3 million with the variant in clear and one bit, 17 million with both in one randomized answer', () => {
    expect((size.oneBit / 1e6).toFixed(1)).toBe('3.3')
    expect((size.hidden / 1e6).toFixed(0)).toBe('17')
  })

  it('is next to nothing more with DAP', () => {
    expect(size.dap / size.withoutPrivacy).toBeGreaterThan(1)
    expect(size.dap / size.withoutPrivacy).toBeLessThan(1.02)
  })
})

describe('how exact a share is', () => {
  const design = subsetDesign(5, 1e6)
  const REPORTS = 300

  it('agrees with reports as they are drawn and estimated', () => {
    const random = seededRandom(8)
    const { half, even } = precisionOf(localNoise(design), REPORTS, 5, 0.2)
    const shareOf = (inside: number) => {
      const counts = new Array<number>(5).fill(0)
      for (let report = 0; report < REPORTS; report++)
        for (const bucket of bucketsIn(drawSubset(design, report < inside ? 0 : 1, random))) counts[bucket]!++
      return estimateCounts(design, REPORTS, counts)[0]!.value / REPORTS
    }
    for (const [share, halfWidth] of [
      [0.5, half],
      [0.2, even],
    ] as const) {
      const shares = Array.from({ length: 200 }, () => shareOf(share * REPORTS))
      const covered = shares.filter((estimate) => Math.abs(estimate - share) <= halfWidth).length
      // Of 200, 95 % are 190 with a standard deviation of 3.1: four of them either way, but not all.
      expect(covered).toBeGreaterThan(177)
      expect(covered).toBeLessThan(200)
    }
  })

  it('sees the change that it says four times of five', () => {
    const { change } = precisionOf(localNoise(design), REPORTS, 5, 0.2)
    // Back from the change to the reports that it takes, of two weeks together.
    expect(reportsForChange(localNoise(design), 0.2, 0.2 + change!)).toBeCloseTo(2 * REPORTS, 3)
  })

  it('gains by the root of reports, of DAP in proportion to them', () => {
    const local = [100, 400].map((reports) => precisionOf(localNoise(design), reports, 5, 0.2).even)
    expect(local[0]! / local[1]!).toBeCloseTo(2, 9)
    const dap = [100, 400].map((reports) => precisionOf(dapNoise(1e6, 2, 1), reports, 5, 0.2).even)
    expect(dap[0]! / dap[1]!).toBeCloseTo(4, 9)
  })

  it('promises no change where none within 100 % would be seen', () => {
    expect(precisionOf(localNoise(subsetDesign(64, 1e6)), 10, 64, 1 / 64).change).toBeUndefined()
    expect(precisionOf(noNoise, 1e6, 2, 0.5).change).toBeGreaterThan(0)
  })
})
