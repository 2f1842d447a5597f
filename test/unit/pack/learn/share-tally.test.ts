import { expect, it } from 'vitest'
import { ShareTally } from '../../../../pack/learn/share-tally'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

function tallyOf(amounts: readonly number[]): ShareTally {
  const tally = new ShareTally(3)
  for (const [visitor, amount] of amounts.entries()) tally.add(1, amount, visitor)
  return tally
}

it('leaves a sum as it is where nobody has more than their share, and where all may have all', () => {
  expect(tallyOf([1, 1, 1, 1, 1]).sumOf(1, 5)).toBe(5)
  expect(tallyOf([2, 1, 3, 2]).sumOf(1, 2)).toBe(8)
  expect(tallyOf([7, 0.1]).sumOf(1, 1)).toBeCloseTo(7.1, 12)
})

it('cuts who has more', () => {
  // 7 is cut to a third of the whole, which is then 3.
  expect(tallyOf([1, 7, 1]).sumOf(1, 3)).toBeCloseTo(3, 12)
  // Both great ones are cut to what all others have together.
  expect(tallyOf([9, 0.25, 8, 0.25]).sumOf(1, 3)).toBeCloseTo(1.5, 12)
})

it('is 0 for fewer visitors than the support, who may come more than once', () => {
  const tally = tallyOf([])
  for (const [visitor, amount] of [
    [4, 1],
    [4, 2],
    [9, 3],
  ] as const)
    tally.add(2, amount, visitor)
  expect(tally.sumOf(2, 3)).toBe(0)
  expect(tally.sumOf(2, 2)).toBe(6)
  expect(tally.sumOf(0, 1)).toBe(0)
  expect([...tally.items]).toEqual([2])
  tally.clear()
  expect(tally.sumOf(2, 1)).toBe(0)
  expect([...tally.items]).toEqual([])
})

it('lets nobody have more than their share of any amounts, and cuts no more than it must', () => {
  const random = seededRandom(5)
  for (let trial = 0; trial < 200; trial++) {
    const support = 1 + Math.floor(random() * 6)
    const amounts = Array.from({ length: support + Math.floor(random() * 2000 * random()) }, () => random() ** 6)
    const sum = tallyOf(amounts).sumOf(1, support)
    const cutAt = (height: number) => amounts.reduce((total, amount) => total + Math.min(amount, height), 0)
    expect(cutAt(sum / support)).toBeCloseTo(sum, 8)
    // A little higher, and the greatest would be above it.
    const higher = 1.001 * (sum / support)
    if (Math.max(...amounts) > higher) expect(cutAt(higher)).toBeLessThan(support * higher)
  }
})
