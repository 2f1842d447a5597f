import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unitRow } from '../../../worker/compute/row-vectors'
import type { ItemTouch } from '../../../worker/history/checkpoint'
import { decay, HALF_LIFE_MS } from '../../../worker/history/decay'
import { attendedItems } from '../../../worker/profile/attention'
import { findInterests, MAX_INTERESTS } from '../../../worker/profile/interests'
import { summarise } from '../../../worker/profile/summary'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../support/reference-catalog'
import { referenceClusters } from '../../support/reference-clusters'
import { randomMatrix, seededRandom } from '../../support/reference-top-k'

const DIM = 8
const ITEMS = Array.from({ length: 40 }, (_, i) => ({ id: `i${i}`, title: `Item ${i}`, categories: ['all', `kind ${i % 8}`] }))
/** Eight kinds, one an axis: alike within, nothing in common between. */
const CATALOG = recordedCatalog(ITEMS, ({ id }) => axes(DIM, [Number(id.slice(1)) % 8, 1]))

function interestsOf(...touches: readonly ItemTouch[]) {
  return findInterests(attendedItems(checkpointOf(...touches).touches, CATALOG, 0), CATALOG)
}

describe('decay', () => {
  test('halves in a half-life, never grows', () => {
    expect(decay(0)).toBe(1)
    expect(decay(HALF_LIFE_MS)).toBe(0.5)
    expect(decay(2 * HALF_LIFE_MS)).toBe(0.25)
    expect(decay(-HALF_LIFE_MS)).toBe(1)
  })
})

describe('attendedItems', () => {
  test('latest first, liked, not rejected, in the catalog; weights decayed, sum 1', () => {
    const touches = [
      touchOf('i0', { weight: 2, time: -HALF_LIFE_MS }),
      touchOf('i1', { weight: -1 }),
      touchOf('i2', { rejected: true }),
      touchOf('gone', { weight: 9 }),
      touchOf('i3', { weight: 3 }),
    ]
    const attended = attendedItems(touches, CATALOG, 0)
    expect(attended.map(({ index, weight }) => [index, weight])).toEqual([
      [3, 0.75],
      [0, 0.25],
    ])
  })

  test('at most the latest 48', () => {
    const items = Array.from({ length: 200 }, (_, i) => ({ id: `i${i}`, title: '', categories: [] }))
    const many = recordedCatalog(items, () => axes(1, [0, 1]))
    const attended = attendedItems(
      items.map(({ id }) => touchOf(id)),
      many,
      0,
    )
    expect(attended).toHaveLength(48)
    expect(attended[0]!.index).toBe(199)
  })
})

describe('findInterests', () => {
  test('nothing known, no interest', () => {
    expect(interestsOf()).toEqual([])
  })

  test('one interest a kind, weightiest first', () => {
    const found = interestsOf(touchOf('i1'), touchOf('i9', { weight: 2 }), touchOf('i2', { weight: 5 }))
    expect(found.map(({ share }) => share)).toEqual([expect.closeTo(5 / 8, 9), expect.closeTo(3 / 8, 9)])
    expect(found[1]!.members.map(({ touch }) => touch.id)).toEqual(['i9', 'i1'])
    expect([...found[0]!.centroid]).toEqual([0, 0, 1, 0, 0, 0, 0, 0])
  })

  test('of more than five kinds the five weightiest, the later of equals', () => {
    const found = interestsOf(...[0, 1, 2, 3, 4, 5, 6].map((kind) => touchOf(`i${kind}`, { weight: kind === 1 ? 4 : 1 })))
    expect(found.map(({ members }) => members[0]!.index)).toEqual([1, 6, 5, 4, 3])
  })

  test('groups as average linkage computed from all pairs does', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 24 }), fc.integer({ min: 2, max: 6 }), (seed, count, dim) => {
        const random = seededRandom(seed)
        const items = Array.from({ length: count }, (_, i) => ({ id: `${i}`, title: '', categories: [] }))
        // Rows of norm 1 exactly: quantised ones are a little off it.
        const catalog = { ...recordedCatalog(items, () => axes(dim)), ...randomMatrix(count, dim, seed, Number.POSITIVE_INFINITY) }
        const attended = attendedItems(
          catalog.ids.map((id) => touchOf(id, { weight: 1 + random() })),
          catalog,
          0,
        )
        const vectors = attended.map(({ index }) => unitRow(catalog, index))
        const weights = attended.map(({ weight }) => weight)
        const expected = referenceClusters(vectors, weights, 0.3).map((group) => group.map((at) => attended[at]!.index))
        const byShare = expected.map((group) => ({
          group: new Set(group),
          weight: attended.reduce((sum, { index, weight }) => sum + (group.includes(index) ? weight : 0), 0),
        }))
        byShare.sort((a, b) => b.weight - a.weight)
        const found = findInterests(attended, catalog).map(({ members }) => new Set(members.map(({ index }) => index)))
        expect(found).toEqual(byShare.slice(0, MAX_INTERESTS).map(({ group }) => group))
      }),
    )
  })

  test('items between two kinds belong where they are nearer on average', () => {
    const vectors = [axes(2, [0, 1]), axes(2, [0, 1], [1, 0.1]), axes(2, [1, 1]), axes(2, [0, 0.3], [1, 1])]
    const items = vectors.map((_, i) => ({ id: `${i}`, title: '', categories: [] }))
    const catalog = recordedCatalog(items, ({ id }) => vectors[Number(id)]!)
    const found = findInterests(
      attendedItems(
        items.map(({ id }) => touchOf(id)),
        catalog,
        0,
      ),
      catalog,
    )
    expect(found.map(({ members }) => members.map(({ index }) => index).sort())).toEqual([
      [2, 3],
      [0, 1],
    ])
  })

  test('items without text are left out', () => {
    const catalog = recordedCatalog(ITEMS, ({ id }) => axes(DIM, [0, id === 'i0' ? 0 : 1]))
    const found = findInterests(attendedItems([touchOf('i0'), touchOf('i1')], catalog, 0), catalog)
    expect(found).toHaveLength(1)
    expect(found[0]!.members).toHaveLength(1)
  })

  test('any history: shares sum to 1, centroids are unit sums of their members, the same again', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 9, noNaN: true }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.nat(), weights, (seed, values) => {
        const random = seededRandom(seed)
        const catalog = recordedCatalog(ITEMS, () => Float32Array.from({ length: DIM }, () => random() - 0.3))
        const attended = attendedItems(
          values.map((weight, i) => touchOf(`i${i}`, { weight, time: i })),
          catalog,
          0,
        )
        const found = findInterests(attended, catalog)
        expect(found.length).toBeLessThanOrEqual(MAX_INTERESTS)
        expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
        for (const { centroid, length, members } of found) {
          const sum = Array.from({ length: DIM }, (_, j) =>
            members.reduce((total, { vector, norm, weight }) => total + (weight * vector[j]!) / norm, 0),
          )
          expect(Math.hypot(...sum)).toBeCloseTo(length, 5)
          for (const [j, value] of centroid.entries()) expect(value).toBeCloseTo(sum[j]! / length, 4)
        }
        expect(findInterests(attended, catalog)).toEqual(found)
      }),
    )
  })
})

describe('summarise', () => {
  test('says what is known, reading few fields', async () => {
    const touches = [touchOf('i1'), touchOf('i9', { weight: 2 }), touchOf('i2', { weight: 5 })]
    const checkpoint = { ...checkpointOf(...touches), count: 3, sessions: 1, firstTime: 5, lastTime: 7, counts: { view_item: 3 } }
    CATALOG.reads.length = 0
    expect(await summarise(checkpoint, CATALOG, 0)).toEqual({
      events: 3,
      sessions: 1,
      firstEvent: 5,
      lastEvent: 7,
      counts: { view_item: 3 },
      interests: [
        { share: expect.closeTo(5 / 8, 9), label: 'kind 2', items: [{ id: 'i2', title: 'Item 2' }] },
        {
          share: expect.closeTo(3 / 8, 9),
          label: 'kind 1',
          items: [
            { id: 'i9', title: 'Item 9' },
            { id: 'i1', title: 'Item 1' },
          ],
        },
      ],
      categories: [
        { name: 'kind 2', share: expect.closeTo(5 / 8, 9) },
        { name: 'kind 1', share: expect.closeTo(3 / 8, 9) },
      ],
    })
    expect(CATALOG.reads).toEqual([2, 9, 1])
  })

  test('without a catalog: counts alone', async () => {
    const summary = await summarise({ ...checkpointOf(touchOf('i1')), count: 1 }, undefined, 0)
    expect(summary).toEqual({ events: 1, sessions: 0, counts: {}, interests: [], categories: [] })
  })
})
