import { describe, expect, it } from 'vitest'
import { holdOutLast } from '../../../../pack/learn/hold-out'
import { makeLog } from '../../../support/make-log'

const OPTIONS = { excludesSeen: true, mostCases: 100, seed: 1 }
const plain = (numbers: ArrayLike<number>) => Array.from(numbers)

describe('holdOutLast', () => {
  it('takes the last item of each sequence away and asks for it; sequences of one stay', () => {
    const { log, cases } = holdOutLast(makeLog(9, [[1, 2, 3], [4], [], [5, 6]]), OPTIONS)
    expect(plain(log.starts)).toEqual([0, 2, 3, 3, 4])
    expect(plain(log.items)).toEqual([1, 2, 4, 5])
    expect(cases.map(({ visit, targets }) => [plain(visit.items), plain(targets)])).toEqual([
      [[1, 2], [3]],
      [[5], [6]],
    ])
  })

  it('takes the last basket, and asks for what is new in it, with all that is known at that moment', () => {
    const log = {
      ...makeLog(9, [[1, 2, 3, 4, 1, 4]]),
      times: Float64Array.of(10, 20, 20, 30, 30, 30),
      weights: Float32Array.of(1, 2, 3, 4, 5, 6),
      baskets: Int32Array.of(0, 1, 1, 2, 2, 2),
    }
    const held = holdOutLast(log, OPTIONS)
    const { visit, targets } = held.cases[0]!
    expect(plain(visit.items)).toEqual([1, 2, 3])
    expect(plain(visit.times!)).toEqual([10, 20, 20])
    expect(plain(visit.weights!)).toEqual([1, 2, 3])
    expect([visit.now, visit.sessionStart]).toEqual([30, 1])
    expect(plain(targets)).toEqual([4])
    expect([plain(held.log.items), plain(held.log.times!), plain(held.log.weights!), plain(held.log.baskets!)]).toEqual([
      [1, 2, 3],
      [10, 20, 20],
      [1, 2, 3],
      [0, 1, 1],
    ])
    expect(plain(holdOutLast(log, { ...OPTIONS, excludesSeen: false }).cases[0]!.targets)).toEqual([4, 1])
  })

  it('asks nobody who took nothing new, yet learns nothing from it either', () => {
    const { log, cases } = holdOutLast(makeLog(9, [[1, 2, 1]]), OPTIONS)
    expect(cases).toHaveLength(0)
    expect(plain(log.items)).toEqual([1, 2])
  })

  it('draws so many sequences at most, the same ones each time, and keeps the others whole', () => {
    const log = makeLog(
      50,
      Array.from({ length: 40 }, (_, at) => [at, at + 1, at + 2]),
    )
    const draw = (seed: number) => holdOutLast(log, { ...OPTIONS, mostCases: 10, seed })
    expect(draw(1).cases).toHaveLength(10)
    expect(draw(1).log.items).toHaveLength(110)
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1).cases).not.toEqual(draw(2).cases)
    for (const { visit, targets } of draw(1).cases) expect(targets[0]).toBe(visit.items[1]! + 1)
  })

  it('holds for an empty log', () => {
    expect(holdOutLast(makeLog(3, []), OPTIONS).cases).toHaveLength(0)
  })
})
