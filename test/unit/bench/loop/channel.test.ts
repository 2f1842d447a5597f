import { describe, expect, test } from 'vitest'
import { type Channel, channelName, estimated } from '../../../../bench/loop/channel'
import { drawCrowd, participationWithin, seededIntegers, viewsOf } from '../../../../bench/loop/crowd'
import { gainOver } from '../../../../bench/loop/gain'
import { seededRandom } from '../../../../bench/support/seeded-random'

/** Of 2,000 answers, half 0, a quarter 1, none 2, a quarter 3. */
const ANSWERS = Int32Array.from({ length: 2000 }, (_, at) => [0, 0, 1, 3][at % 4]!)
const TRUTH = [1000, 500, 0, 500]

describe('a channel', () => {
  test.each<[Channel, number]>([
    [{ kind: 'exact' }, 0],
    [{ kind: 'local', epsilon: 1 }, 25],
    [{ kind: 'dap', epsilon: 1 }, 1],
  ])('%o tells what is true, and how surely', (channel, leastError) => {
    const random = seededIntegers(4)
    const runs = Array.from({ length: 60 }, () => estimated(channel, 4, ANSWERS, random))
    for (const [bucket, truth] of TRUTH.entries()) {
      const values = runs.map((run) => run[bucket]!.value)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
      expect(Math.abs(mean - truth)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(values.length))
      expect(deviation).toBeGreaterThanOrEqual(leastError)
      const covered = runs.filter((run) => run[bucket]!.low <= truth && truth <= run[bucket]!.high).length
      expect(covered).toBeGreaterThanOrEqual(52)
    }
  })

  test('has a name for people', () => {
    expect(([{ kind: 'exact' }, { kind: 'local', epsilon: 2 }, { kind: 'dap', epsilon: 2 }] as const).map(channelName)).toEqual([
      'no privacy',
      'local, epsilon 2',
      'DAP, epsilon 2',
    ])
  })
})

describe('a crowd', () => {
  test('is drawn of those who did something, and is empty where nobody did', () => {
    const drawn = drawCrowd(['a', 'b', 'c'], 3000, seededRandom(1))
    expect(drawn).toHaveLength(3000)
    for (const one of ['a', 'b', 'c']) expect(drawn.filter((each) => each === one).length).toBeGreaterThan(900)
    expect(drawCrowd([], 3000, seededRandom(1))).toEqual([])
  })

  test('looks at everything that it buys, twice on average', () => {
    const bought = Array.from({ length: 500 }, (_, at) => ({ id: `${at}`, time: at }))
    const visit = { items: new Int32Array() }
    const events = viewsOf({ customer: 0, epoch: 0, bought, visit, targets: new Int32Array() }, seededRandom(3))
    expect(new Set(events.map(({ items }) => items![0]!.item_id)).size).toBe(500)
    expect(events.length / 500).toBeCloseTo(2, 0)
  })

  test('answers so seldom that a year’s budget lasts', () => {
    expect(participationWithin(1)).toBeCloseTo(8 / 14)
    expect(participationWithin(2)).toBeCloseTo(4 / 14)
    expect(participationWithin(0.25)).toBe(1)
  })
})

describe('a gain', () => {
  const base = Float64Array.of(0.1, 0.2, 0.3, 0.4)

  test('is of the same questions, so that what they share is no error', () => {
    const { ndcg, gain, error } = gainOver([base.map((value) => value + 0.1)], base)
    expect(ndcg).toBeCloseTo(0.35)
    expect(gain).toBeCloseTo(0.1)
    expect(error).toBeCloseTo(0)
  })

  test('is less sure where noise changes it from run to run', () => {
    const runs = [0.1, 0.3].map((more) => base.map((value) => value + more))
    const { gain, error } = gainOver(runs, base)
    expect(gain).toBeCloseTo(0.2)
    expect(error).toBeCloseTo(0.1)
  })
})
