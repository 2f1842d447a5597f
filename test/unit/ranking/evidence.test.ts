import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findReasons } from '../../../worker/ranking/evidence'
import { explain } from '../../../worker/ranking/explain'
import { readTaste, scoreItems } from '../../../worker/ranking/taste'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../support/reference-catalog'
import { seededRandom } from '../../support/reference-top-k'
import { contextOf } from './context-of'

const DIM = 6
const PATHS = [['a'], ['a', 'b'], ['a', 'b', 'c'], ['d'], []]

/** A random little shop, and a visitor who touched the items with these weights. */
function shop(seed: number, weights: readonly number[]) {
  const random = seededRandom(seed)
  const items = Array.from({ length: 30 }, (_, i) => ({ id: `i${i}`, title: `Item ${i}`, categories: PATHS[Math.floor(random() * 5)]! }))
  const catalog = recordedCatalog(items, () => Float32Array.from({ length: DIM }, () => random() - 0.4))
  const touches = weights.map((weight, i) => touchOf(`i${i}`, { weight, time: i }))
  return contextOf(catalog, checkpointOf(...touches))
}

const visits = fc.array(fc.double({ min: -3, max: 5, noNaN: true }), { maxLength: 12 })

describe('evidence', () => {
  test('shares of reasons and of parts sum to 1, whatever was touched', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), visits, fc.nat(29), async (seed, weights, which) => {
        const { parts, because } = await explain(`i${which}`, shop(seed, weights))
        if (!weights.some((weight) => weight > 0)) expect({ parts, because }).toEqual({ parts: [], because: [] })
        else expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        if (because.length) expect(because.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        for (const { share } of [...parts, ...because]) expect(share).toBeGreaterThanOrEqual(0)
        for (const [at, { share }] of because.entries()) expect(share).toBeLessThanOrEqual(because[at - 1]?.share ?? 1)
      }),
    )
  })

  test('only what the visitor liked is a reason, each at most once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), visits, fc.nat(29), async (seed, weights, which) => {
        const ids = (await explain(`i${which}`, shop(seed, weights))).because.map(({ itemId }) => itemId)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(weights[Number(id.slice(1))]).toBeGreaterThan(0)
      }),
    )
  })

  test('where nothing pulls the item down, the reasons add up to its personal score exactly', () => {
    const catalog = recordedCatalog(
      [
        { id: 'x', title: 'x', categories: ['a', 'b'] },
        { id: 'y', title: 'y', categories: ['a', 'c'] },
        { id: 'z', title: 'z', categories: ['a', 'b'] },
      ],
      ({ id }) => ({ x: axes(2, [0, 1], [1, 0.2]), y: axes(2, [0, 1], [1, 0.6]), z: axes(2, [0, 1], [1, 0.4]) })[id]!,
    )
    const context = contextOf(catalog, checkpointOf(touchOf('x', { weight: 3 }), touchOf('y', { weight: 1 })))
    const taste = readTaste(context)!
    const [score] = scoreItems(taste, catalog, Int32Array.of(2))
    expect(taste.interests).toHaveLength(1)
    const [reasons] = findReasons(taste, catalog, [score!])
    const [x, y] = taste.interests[0]!.members.map(({ vector, norm, weight }) => {
      const row = axes(2, [0, 127], [1, 51]).map((value) => value * catalog.scales[2]!)
      return (0.7 * weight * (vector[0]! * row[0]! + vector[1]! * row[1]!)) / norm / taste.interests[0]!.length
    })
    const expected = [x! + 0.2 * 0.75, y! + 0.2 * 0.25 * 0.5]
    expect(expected[0]! + expected[1]!).toBeCloseTo(score!.similarity + score!.category, 6)
    expect(reasons!.map(({ share }) => share)).toEqual(
      expected.map((part) => expect.closeTo(part / (score!.similarity + score!.category), 6)),
    )
  })

  test('an unknown item is refused without repeating its id', async () => {
    const context = shop(1, [1])
    const refusal = explain('secret', context)
    await expect(refusal).rejects.toMatchObject({ code: 'unknown-item' })
    await expect(refusal).rejects.not.toThrow(/secret/)
  })

  test('reads no fields', async () => {
    const context = shop(1, [1, 2])
    await explain('i5', context)
    expect(context.catalog.reads).toEqual([])
  })
})
