import { describe, expect, test } from 'vitest'
import { separation } from '../../../../pack/audit/separation'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

const of = (...losses: number[]) => Float64Array.from(losses)

describe('telling members from others by their losses', () => {
  test('a small example, worked by hand', () => {
    // Pairs won by members: 1 < 2, 4, 5; 3 < 4, 5; 4 ties 4 (half) and < 5; 2 ties 2 (half) and < 4, 5: 3 + 2 + 1.5 + 2.5 = 9 of 12.
    const { auc, advantage } = separation(of(1, 3, 4, 2), of(2, 4, 5))
    expect(auc.value).toBeCloseTo(9 / 12, 12)
    // Chosen on 1, 4 against 2, 5: of 1 and 4, both give half. The first, 1, holds for none of 3, 2 and none of 4.
    expect(advantage.value).toBe(0)
  })

  test('all told apart, and all alike', () => {
    const apart = separation(of(1, 1, 1, 1), of(2, 2, 2, 2))
    expect([apart.auc.value, apart.advantage.value]).toEqual([1, 1])
    const alike = separation(of(3, 3, 3, 3), of(3, 3, 3, 3))
    expect([alike.auc.value, alike.advantage.value]).toEqual([0.5, 0])
    expect(alike.auc.low).toBeLessThan(0.5)
  })

  test('the intervals hold what they should, where there is nothing to tell, about as often as they should', () => {
    const random = seededRandom(9)
    const draw = () => Float64Array.from({ length: 60 }, random)
    const held = { auc: 0, advantage: 0 }
    for (let round = 0; round < 200; round++) {
      const { auc, advantage } = separation(draw(), draw())
      if (auc.low <= 0.5 && auc.high >= 0.5) held.auc++
      if (advantage.low <= 0 && advantage.high >= 0) held.advantage++
    }
    expect(held.auc).toBeGreaterThan(180)
    expect(held.advantage).toBeGreaterThan(175)
  })

  test('too few are refused', () => {
    expect(() => separation(of(1), of(2, 3))).toThrow('1 members and 2 others')
  })
})
