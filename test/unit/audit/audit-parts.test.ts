import { describe, expect, it } from 'vitest'
import { RandomIntegers } from '../../../src/shared/signals/random-integers'
import { chancesOf, exactEpsilon, subsetDesign } from '../../../src/shared/signals/subset-selection'
import { binomialTable } from '../../audit/binomial-table'
import { chiSquared, normalBelow } from '../../audit/chi-squared'
import { betaBelow, clopperPearson, logGamma } from '../../audit/clopper-pearson'
import { ATTACKED, epsilonShown } from '../../audit/distinguishing'
import { enumerateDraws } from '../../audit/enumerate-draws'
import { isWithinStated } from '../../audit/exact-epsilon'
import { floatLaplace, isReachable } from '../../audit/float-laplace'
import { zipf } from '../../audit/simulated-epochs'
import { countChances } from '../../support/count-chances'
import { seededBytes } from '../../support/seeded-bytes'

describe('what audits are made of', () => {
  it('exact bounds of a chance are those of the tables', () => {
    // Clopper and Pearson's own example: 3 of 10, 95 %.
    expect(clopperPearson(3, 10, 0.025).low).toBeCloseTo(0.0667, 4)
    expect(clopperPearson(3, 10, 0.025).high).toBeCloseTo(0.6525, 4)
    expect(clopperPearson(0, 20, 0.025)).toMatchObject({ low: 0 })
    expect(clopperPearson(0, 20, 0.025).high).toBeCloseTo(1 - 0.025 ** (1 / 20), 12)
    expect(clopperPearson(20, 20, 0.025).high).toBe(1)
  })

  it('beta and gamma functions are right where they are known', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12)
    expect(betaBelow(1, 1, 0.3)).toBeCloseTo(0.3, 12)
    expect(betaBelow(2, 3, 0.4)).toBeCloseTo(0.5248, 10)
    expect(betaBelow(200_000, 300_000, 0.4)).toBeCloseTo(0.5, 3)
  })

  it('chi-squared is that of the tables', () => {
    expect(normalBelow(1.96)).toBeCloseTo(0.975, 4)
    // Ten cells of 100, one 130 and one 70: 18 with 9 degrees of freedom.
    const counts = [130, 70, ...Array<number>(8).fill(100)]
    expect(chiSquared(counts, Array(10).fill(100))).toMatchObject({ statistic: 18, freedom: 9 })
    expect(chiSquared(counts, Array(10).fill(100)).chance).toBeCloseTo(0.0352, 3)
  })

  it('a binomial table is the inverse of the distribution', () => {
    const chances = countChances(subsetDesign(8, 1e6), 40, 40)
    const draw = binomialTable(40, chancesOf(subsetDesign(8, 1e6)).p)
    let below = 0
    chances.forEach((chance, count) => {
      if (chance > 1e-9) expect(draw(below + chance / 2)).toBe(count)
      below += chance
    })
    expect(draw(0)).toBeLessThan(3)
    expect(binomialTable(0, 0.3)(0.5)).toBe(0)
  })

  it('Zipf counts add up', () => {
    expect(zipf(64, 100_000).reduce((sum, count) => sum + count, 0)).toBe(100_000)
  })
})

describe('audits find what they look for', () => {
  it('a threshold that is one too high', () => {
    for (const [k, micro] of [
      [2, 1_000_000],
      [64, 1_000_000],
      [8, 500_000],
    ] as const) {
      const design = subsetDesign(k, micro)
      expect(isWithinStated(design)).toBe(true)
      expect(isWithinStated({ ...design, threshold: design.threshold + 1 })).toBe(false)
    }
  })

  it('all ways to draw lead to the chances of the formula', () => {
    const design = subsetDesign(5, 1_000_000)
    const [own, other] = [enumerateDraws(design, 1), enumerateDraws(design, 3)]
    const ratio = Math.max(...[...own].map(([report, ways]) => Number(ways) / Number(other.get(report))))
    expect(Math.log(ratio)).toBeCloseTo(exactEpsilon(design), 12)
    expect([...own.values()].reduce((sum, ways) => sum + ways, 0n)).toBe(2n ** 32n * 24n)
  })

  it('a mechanism that spends twice what it says, with few reports', async () => {
    const funnel = ATTACKED.find(({ name }) => name === 'funnel')!
    expect(await epsilonShown(funnel, 4_000, seededBytes(1))).toBeLessThan(1)
    expect(await epsilonShown({ ...funnel, epsilon: 2 }, 4_000, seededBytes(1))).toBeGreaterThan(1)
  })

  it('noise that says by its digits what it was added to', () => {
    const random = new RandomIntegers(seededBytes(2))
    for (let at = 0; at < 100; at++) expect(isReachable(floatLaplace(random.below(2 ** 32), 2), 2)).toBe(true)
    expect(isReachable(0.123456789, 2)).toBe(false)
  })
})
