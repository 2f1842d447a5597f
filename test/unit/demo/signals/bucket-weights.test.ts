import { describe, expect, test } from 'vitest'
import { bucketWeights } from '../../../../demo/signals/bucket-weights'
import { drawBucket } from '../../../../demo/signals/draw-bucket'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import { seededBytes } from '../../../support/seeded-bytes'
import { PLAN, SHARES } from '../make-simulation'

const [interest, , funnel] = PLAN.metrics

describe('what simulated visitors are drawn from', () => {
  test('interests are as the orders: of what the plan lists by name, all else together; three of ten look at nothing', () => {
    const { weights, from } = bucketWeights(interest!, SHARES)
    // none, Phones, Chairs, other
    expect(weights).toEqual([30, 20, 40, 10])
    expect(from).toContain('70 orders (40 customers, 2014 to 2017)')
    expect(from).toContain('30 % look at nothing is assumed')
  })

  test('the funnel is assumed, and says so', () => {
    const { weights, from } = bucketWeights(funnel!, SHARES)
    expect(weights).toEqual([300, 560, 80, 30, 30])
    expect(from).toMatch(/^The truth is assumed/)
  })

  test('of what nothing is known, each bucket has half as many as the one before', () => {
    expect(bucketWeights({ name: 'backend', counts: 'backend' }, SHARES).weights).toEqual([8, 4, 2, 1])
  })
})

describe('a draw', () => {
  test('falls on each bucket as often as its weight says, and never on one of weight 0', () => {
    const random = new RandomIntegers(seededBytes(7))
    const counts = [0, 0, 0]
    for (let draw = 0; draw < 8000; draw++) counts[drawBucket([3, 0, 1], random)]!++
    expect(counts[1]).toBe(0)
    // Five standard errors of a share of 3/4.
    expect(Math.abs(counts[0]! - 6000)).toBeLessThan(5 * Math.sqrt(8000 * 0.75 * 0.25))
  })
})
