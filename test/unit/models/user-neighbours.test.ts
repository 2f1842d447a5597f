import { expect, test } from 'vitest'
import type { ModelPart } from '../../../worker/models/model-part'
import { openUserNeighbours } from '../../../worker/models/user-neighbours'

/** Twenty visitors who all took 0 and half of them 1; forty of whom all took 2, and half 1. Item 3 is in none. */
const PART: ModelPart = {
  model: 'user-neighbours',
  settings: { itemCount: 4, sharpness: 1, decay: 1 },
  tensors: {
    sizes: { shape: [2], data: Uint32Array.of(20, 40) },
    lengths: { shape: [2], data: Uint16Array.of(2, 2) },
    scales: { shape: [2], data: Float32Array.of(1, 1) },
    items: { shape: [4], data: Uint16Array.of(0, 1, 2, 1) },
    shares: { shape: [4], data: Uint8Array.of(255, 51, 255, 51) },
  },
}
const RARITY = [Math.log(1 + 60 / 20), Math.log(1 + 60 / 12), Math.log(1 + 60 / 40)]

function scored(items: readonly number[], part = PART) {
  const out = new Float32Array(4).fill(7)
  openUserNeighbours(part).score({ items: Int32Array.from(items) }, out)
  return [...out]
}

test('an example by hand: who took 0 is like the first prototype alone', () => {
  const [rare0 = 0, rare1 = 0] = RARITY
  const alike = rare0 / Math.hypot(rare0, 0.2 * rare1)
  const out = scored([0])
  expect(out[0]).toBeCloseTo(alike, 6)
  expect(out[1]).toBeCloseTo(0.2 * alike, 6)
  expect(out.slice(2)).toEqual([0, 0])
})

test('what both took is told by both, as alike as each is', () => {
  const [rare0 = 0, rare1 = 0, rare2 = 0] = RARITY
  const first = (0.2 * rare1) / Math.hypot(rare0, 0.2 * rare1)
  const second = (0.2 * rare1) / Math.hypot(rare2, 0.2 * rare1)
  const out = scored([1])
  expect(out[0]).toBeCloseTo(first, 6)
  expect(out[2]).toBeCloseTo(second, 6)
  expect(out[1]).toBeCloseTo(0.2 * (first + second), 6)
})

test('the sharper, the less a distant prototype says', () => {
  const sharp = scored([0, 1], { ...PART, settings: { ...PART.settings, sharpness: 3 } })
  const plain = scored([0, 1])
  expect(sharp[2]! / sharp[0]!).toBeLessThan((plain[2]! / plain[0]!) ** 2)
})

test('how often an item comes does not matter where it is alone; nothing in common says nothing', () => {
  expect(scored([0, 0, 0])).toEqual(scored([0]))
  expect(scored([])).toEqual([0, 0, 0, 0])
  expect(scored([3])).toEqual([0, 0, 0, 0])
})

test('what explains adds up to the score', () => {
  const visit = { items: Int32Array.of(1, 3, 0, 1) }
  const parts = new Float32Array(4)
  openUserNeighbours(PART).explain(visit, 1, parts)
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scored([1, 3, 0, 1])[1]!, 6)
  expect(parts[1]).toBe(0)
  expect(parts[0]).toBeCloseTo(parts[3]!, 6)
})

test('a part that does not fit is refused by the name of what is wrong', () => {
  const wide = { ...PART.tensors, items: { shape: [4], data: Uint16Array.of(0, 1, 9, 1) } }
  expect(() => openUserNeighbours({ ...PART, tensors: wide })).toThrow('names row 9 of 4')
  const short = { ...PART.tensors, shares: { shape: [1], data: Uint8Array.of(1) } }
  expect(() => openUserNeighbours({ ...PART, tensors: short })).toThrow('"shares" is Uint8Array of 1')
})
