import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaUnderCurve } from '../../../../pack/evaluate/metrics/area-under-curve'
import { itemShares } from '../../../../pack/evaluate/metrics/item-shares'
import { Mean } from '../../../../pack/evaluate/metrics/mean'
import { qualityAt } from '../../../../pack/evaluate/metrics/quality-at'
import { QualityTally } from '../../../../pack/evaluate/metrics/quality-tally'
import { LEFT_OUT, rankTargets } from '../../../../pack/evaluate/metrics/rank-targets'
import { topItems } from '../../../../pack/evaluate/metrics/top-items'

const floats = (...values: number[]) => Float32Array.from(values)
const rows = (...values: number[]) => Int32Array.from(values)

describe('places of targets', () => {
  test.each([
    // Above 0.4 stands 0.9 alone.
    ['between others', floats(0.1, 0.9, 0.4), rows(2), [2]],
    // 0.9, then two of 0.4: the target is the last of them.
    ['a tie is against it', floats(0.4, 0.9, 0.4), rows(0), [3]],
    // Nothing speaks for anything: last of four.
    ['all zeros', floats(0, 0, 0, 0), rows(1), [4]],
    // Three of 0.5 of which two are targets: the other is first, they take places 2 and 3.
    ['targets that tie with each other', floats(0.5, 0.5, 0.5, 0.1), rows(0, 2), [2, 3]],
    ['what is left out stands above nothing', floats(LEFT_OUT, 0.2, 0.5), rows(2), [1]],
    ['a target that is left out has no place', floats(LEFT_OUT, 0.2), rows(0), [Number.POSITIVE_INFINITY]],
    ['no number is never good', floats(Number.NaN, 0.2), rows(0), [Number.POSITIVE_INFINITY]],
    ['no number of another is against it', floats(Number.NaN, 0.2, 0.1), rows(1), [2]],
    ['infinite scores are scores', floats(Number.POSITIVE_INFINITY, 0.2), rows(1, 0), [2, 1]],
  ])('%s', (_, scores, targets, ranks) => {
    expect([...rankTargets(scores, targets)]).toEqual(ranks)
  })

  test('as by sorting, targets last among equals', () => {
    const scores = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.boolean()), (values, draws) => {
        const targets = values.map((_, item) => item).filter(() => draws.next().value)
        const sorted = values
          .map((score, item) => ({ score, item, isTarget: targets.includes(item) }))
          .filter(({ score }) => score >= 0)
          .sort((a, b) => b.score - a.score || Number(a.isTarget) - Number(b.isTarget))
        const expected = targets.map((target) => sorted.findIndex(({ item }) => item === target) + 1 || Number.POSITIVE_INFINITY)
        const byNumber = (list: Iterable<number>) => [...list].sort((a, b) => a - b)
        expect(byNumber(rankTargets(Float32Array.from(values), Int32Array.from(targets)))).toEqual(byNumber(expected))
      }),
    )
  })
})

describe('quality of the first items', () => {
  test('one target at place 3', () => {
    // ndcg: 1 / log2(4) = 0.5 of an ideal 1 / log2(2) = 1. precision 1/5, recall 1/1, f1 = 2 * (1/5 * 1) / (1/5 + 1) = 1/3.
    expect(qualityAt(5, Float64Array.of(3))).toEqual({ hr: 1, ndcg: 0.5, mrr: 1 / 3, precision: 0.2, recall: 1, f1: 1 / 3 })
  })

  test('a target just beyond', () => {
    expect(qualityAt(5, Float64Array.of(6))).toEqual({ hr: 0, ndcg: 0, mrr: 0, precision: 0, recall: 0, f1: 0 })
    expect(qualityAt(5, Float64Array.of(5)).hr).toBe(1)
  })

  test('several targets, at places 7, 1 and 4', () => {
    const quality = qualityAt(5, Float64Array.of(7, 1, 4))
    // Found: 1 and 4. Gain 1 / log2(2) + 1 / log2(5) = 1 + 0.430677; ideal 1 + 1 / log2(3) + 1 / log2(4) = 1 + 0.630930 + 0.5.
    expect(quality.ndcg).toBeCloseTo(1.430677 / 2.13093, 6)
    expect(quality.mrr).toBe(1)
    expect(quality.precision).toBe(2 / 5)
    expect(quality.recall).toBe(2 / 3)
    // 2 * (2/5 * 2/3) / (2/5 + 2/3) = (8/15) / (16/15)
    expect(quality.f1).toBe(0.5)
  })

  test('the ideal has no more targets than places', () => {
    expect(qualityAt(2, Float64Array.of(1, 2, 3)).ndcg).toBe(1)
    expect(qualityAt(2, Float64Array.of(3, 4, 5)).ndcg).toBe(0)
  })

  test('a target without a place is not found', () => {
    expect(qualityAt(20, Float64Array.of(Number.POSITIVE_INFINITY))).toEqual({ hr: 0, ndcg: 0, mrr: 0, precision: 0, recall: 0, f1: 0 })
  })
})

describe('area under the curve', () => {
  test.each([
    // Target 0.4 is above 0.1 and 0.3, below 0.9: 2 of 3 pairs.
    ['one target', floats(0.1, 0.9, 0.4, 0.3), rows(2), 2 / 3],
    // Pairs: 0.8 above both; 0.3 ties with one (half), above the other: 3.5 of 4.
    ['a tie counts half', floats(0.8, 0.3, 0.3, 0.1), rows(0, 1), 3.5 / 4],
    ['two targets that tie', floats(0.5, 0.5, 0.1, 0.1), rows(0, 1), 1],
    ['chance', floats(0, 0, 0), rows(1), 0.5],
    ['what is left out is not compared with', floats(LEFT_OUT, 0.5, 0.1), rows(1), 1],
    // The ranked target is above both others, the other counts as below them: 2 of 4.
    ['a target that is left out is below all', floats(LEFT_OUT, 0.5, 0.1, 0.2), rows(0, 1), 0.5],
  ])('%s', (_, scores, targets, area) => {
    expect(areaUnderCurve(scores, targets)).toBeCloseTo(area, 12)
  })

  test('nothing to compare is no number', () => {
    expect(areaUnderCurve(floats(0.5), rows(0))).toBeNaN()
    expect(areaUnderCurve(floats(0.5, 0.2), rows())).toBeNaN()
  })

  test('as by comparing all pairs', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(scores, fc.nat(), (values, draw) => {
        const targetCount = 1 + (draw % (values.length - 1))
        let sum = 0
        for (const [target, own] of values.entries()) {
          for (const [other, theirs] of values.entries()) {
            if (target < targetCount && other >= targetCount) sum += own > theirs ? 1 : own === theirs ? 0.5 : 0
          }
        }
        const targets = Int32Array.from({ length: targetCount }, (__, item) => item)
        const expected = sum / (targetCount * (values.length - targetCount))
        expect(areaUnderCurve(Float32Array.from(values), targets)).toBeCloseTo(expected, 10)
      }),
    )
  })
})

describe('top items', () => {
  test('best first, of equal ones the lower row first, none without a score', () => {
    expect([...topItems(floats(0.2, 0, 0.9, 0.2, 0.5, LEFT_OUT), 3)]).toEqual([2, 4, 0])
    expect([...topItems(floats(0.2, 0, 0.9), 3)]).toEqual([2, 0])
    expect([...topItems(floats(0, 0), 3)]).toEqual([])
  })

  test('as by sorting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (values, count) => {
        const expected = values
          .map((score, item) => ({ score, item }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || a.item - b.item)
        expect([...topItems(Float32Array.from(values), count)]).toEqual(expected.slice(0, count).map(({ item }) => item))
      }),
    )
  })
})

describe('means', () => {
  test('with their standard error', () => {
    const mean = new Mean()
    for (const value of [1, 0, 0, 1, Number.NaN]) mean.add(value)
    // Variance (4 * 0.25) / 3 = 1/3; error sqrt(1/3 / 4).
    expect(mean.estimate().mean).toBeCloseTo(0.5, 12)
    expect(mean.estimate().error).toBeCloseTo(Math.sqrt(1 / 12), 12)
  })

  test('of one value and of none', () => {
    const mean = new Mean()
    expect(mean.estimate()).toEqual({ mean: Number.NaN, error: Number.NaN })
    mean.add(3)
    expect(mean.estimate()).toEqual({ mean: 3, error: 0 })
  })
})

describe('shares of visitors', () => {
  test('an item counts once for a visitor, over all sessions', () => {
    const log = { itemCount: 3, starts: rows(0, 2, 3, 4), items: rows(0, 0, 0, 1), visitors: rows(7, 2, 7) }
    // Visitors 7 (items 0, 1) and 2 (item 0).
    expect([...itemShares(log)]).toEqual([1, 0.5, 0])
  })

  test('of an empty log', () => {
    expect([...itemShares({ itemCount: 2, starts: rows(0), items: rows() })]).toEqual([0, 0])
  })
})

describe('the tally', () => {
  const log = { itemCount: 4, starts: rows(0, 2, 3, 4, 5), items: rows(0, 1, 0, 0, 2) }
  const tally = (excludesSeen: boolean) => {
    const made = new QualityTally({ itemCount: 4, cutoffs: [1, 2], excludesSeen })
    made.learnedFrom(log)
    return made
  }

  test('leaves out what the visitor had, where it is told to', () => {
    const asked = { visit: { items: rows(0) }, targets: rows(1) }
    const without = tally(true)
    without.add(floats(0.9, 0.5, 0.1, 0), asked)
    expect(without.quality().at[1]!.hr.mean).toBe(1)
    const withSeen = tally(false)
    withSeen.add(floats(0.9, 0.5, 0.1, 0), asked)
    expect(withSeen.quality().at[1]!.hr.mean).toBe(0)
    expect(withSeen.quality().at[2]!.hr.mean).toBe(1)
  })

  test('coverage, novelty and popularity bias', () => {
    const made = tally(true)
    made.add(floats(0.9, 0.5, 0.1, 0), { visit: { items: rows(0) }, targets: rows(1) })
    made.add(floats(0, 0.5, 0, 0.2), { visit: { items: rows(2) }, targets: rows(0) })
    const { coverage, novelty, popularityBias, cases } = made.quality()
    expect(cases).toBe(2)
    // Lists 1, 2 and 1, 3: three of four items.
    expect(coverage).toBe(0.75)
    // Shares of four visitors: 3/4, 1/4, 1/4, 0. Self-information: (2 + 2) / 2, and (2 + log2(6)) / 2 as 3 counts as had by 1 of 6.
    expect(novelty.mean).toBeCloseTo((2 + (2 + Math.log2(6)) / 2) / 2, 12)
    // Listed: (1/4 + 1/4) / 2 and (1/4 + 0) / 2, mean 3/16. Had: 3/4 and 1/4, mean 1/2.
    expect(popularityBias).toBeCloseTo(3 / 16 / (1 / 2) - 1, 12)
  })
})
