import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, diversify } from '../../../worker/ranking/diversity'
import { spreadSlots } from '../../../worker/ranking/spread-slots'
import { referenceMmr } from '../../support/reference-mmr'

const candidates = fc
  .array(fc.record({ relevance: fc.double({ min: 0, max: 1, noNaN: true }), group: fc.nat({ max: 2 }) }), { maxLength: 25 })
  .map((list): Candidate[] => list.map((one, index) => ({ ...one, index })))

/** Likeness of two items from a seed: symmetric, in [0, 1). */
function likenessOf(seed: number) {
  return (a: number, b: number) => (((Math.min(a, b) * 31 + Math.max(a, b) * 17 + seed) * 7919) % 101) / 101
}

/** As `diversify` asks for it: one pick, then everything else against it. */
const curried = (likeness: (a: number, b: number) => number) => (pick: number, others: Int32Array) =>
  Array.from(others, (index) => likeness(pick, index))

describe('diversify', () => {
  test('agrees with the formula computed from scratch at each pick', () => {
    fc.assert(
      fc.property(candidates, fc.nat(1000), fc.nat(30), fc.double({ min: 0, max: 1, noNaN: true }), (list, seed, limit, lambda) => {
        const likeness = likenessOf(seed)
        expect(diversify(list, { limit, lambda, likenessTo: curried(likeness) })).toEqual(referenceMmr(list, limit, lambda, likeness))
      }),
    )
  })

  test('picks are candidates, each once, as many as there can be', () => {
    fc.assert(
      fc.property(candidates, fc.nat(30), fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), (list, limit, quotas) => {
        const picks = diversify(list, { limit, lambda: 0.5, likenessTo: curried(likenessOf(1)), quotas })
        expect(picks).toHaveLength(Math.min(limit, list.length))
        expect(new Set(picks.map(({ index }) => index)).size).toBe(picks.length)
        for (const pick of picks) expect(list).toContain(pick)
      }),
    )
  })

  test('a group gets its quota before any gets more', () => {
    fc.assert(
      fc.property(candidates, fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)), (list, quotas) => {
        const limit = quotas[0] + quotas[1] + quotas[2]
        const picks = diversify(list, { limit, lambda: 0.7, likenessTo: curried(likenessOf(2)), quotas })
        for (const [group, quota] of quotas.entries()) {
          const held = list.filter((one) => one.group === group).length
          expect(picks.filter((one) => one.group === group).length).toBeGreaterThanOrEqual(Math.min(quota, held))
        }
      }),
    )
  })

  test('lambda 1 is relevance alone, ties in the order given', () => {
    const list = [0.5, 0.9, 0.5, 0.9].map((relevance, index) => ({ index, relevance, group: 0 }))
    const picks = diversify(list, { limit: 4, lambda: 1, likenessTo: (_, others) => Array.from(others, () => 1) })
    expect(picks.map(({ index }) => index)).toEqual([1, 3, 0, 2])
  })

  test('a twin makes room for something else', () => {
    const list = [0.9, 0.89, 0.7].map((relevance, index) => ({ index, relevance, group: 0 }))
    const likeness = (a: number, b: number) => (a + b === 1 ? 1 : 0)
    expect(diversify(list, { limit: 2, lambda: 0.75, likenessTo: curried(likeness) }).map(({ index }) => index)).toEqual([0, 2])
  })
})

describe('spreadSlots', () => {
  test('fills every slot, each share within one of its exact part', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 }), fc.nat(200), (weights, slots) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        const shares = weights.map((weight) => weight / total)
        const counts = spreadSlots(shares, slots)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(slots)
        for (const [at, count] of counts.entries()) expect(Math.abs(count - shares[at]! * slots)).toBeLessThan(1 + 1e-9)
      }),
    )
  })

  test('equal shares, odd slot: the first', () => {
    expect(spreadSlots([0.5, 0.5], 3)).toEqual([2, 1])
  })
})
