import { describe, expect, test } from 'vitest'
import { encodeReports, intervalsOf } from '../../../../demo/signals/collector-tally'
import { coverage } from '../../../../demo/signals/outcome'
import { BATCH_REPORTS, simulate } from '../../../../demo/signals/simulate'
import { simulatedMetrics } from '../../../../demo/signals/simulated-metric'
import { pageTally, type Tally } from '../../../../demo/signals/tally'
import { drawVisitors } from '../../../../demo/signals/visitors'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import { decodeReport } from '../../../../src/shared/signals/report'
import { seededBytes } from '../../../support/seeded-bytes'
import { PLAN, SHARES } from '../make-simulation'

const metrics = simulatedMetrics(PLAN, SHARES)
const random = () => new RandomIntegers(seededBytes(11))
const never = new AbortController().signal
const run = (options: Partial<Parameters<typeof simulate>[0]> = {}) =>
  simulate({
    metrics,
    visitors: 2000,
    tally: pageTally(metrics),
    random: random(),
    onProgress: () => undefined,
    rest: async () => undefined,
    signal: never,
    ...options,
  })

test('metrics that tell something in clear are left out; the others keep their place in the plan', () => {
  expect(metrics.map(({ metric, place }) => [metric.name, place])).toEqual([
    ['interest', 0],
    ['funnel', 2],
  ])
  expect(metrics.map(({ design }) => design.microEpsilon)).toEqual([1_000_000, 500_000])
  expect(simulatedMetrics(PLAN, SHARES, 2).map(({ design }) => design.microEpsilon)).toEqual([2_000_000, 2_000_000])
})

describe('a simulation in the page', () => {
  test('counts every visitor in every metric, and its intervals hold most truths', async () => {
    const outcomes = await run()
    expect(outcomes.map(({ reports }) => reports)).toEqual([2000, 2000])
    const { holding, intervals } = coverage(outcomes)
    expect(intervals).toBe(9)
    expect(holding).toBeGreaterThanOrEqual(7)
  })

  test('comes in batches that fit into one request, with a rest after each', async () => {
    const sizes: number[] = []
    const seen: number[] = []
    let rests = 0
    const counting: Tally = { add: async (reports) => void sizes.push(reports.length), publish: async () => [undefined, undefined] }
    await run({
      tally: counting,
      onProgress: (visitors) => seen.push(visitors),
      rest: async () => {
        rests++
      },
    })
    expect(sizes).toEqual([1638, 1638, 724])
    expect(Math.max(...sizes) * 40).toBeLessThanOrEqual(65_536)
    expect(BATCH_REPORTS).toBe(1638)
    expect(seen).toEqual([819, 1638, 2000])
    expect(rests).toBe(3)
  })

  test('stopped, it estimates those who were counted by then', async () => {
    const stop = new AbortController()
    const outcomes = await run({ signal: stop.signal, onProgress: () => stop.abort() })
    expect(outcomes.map(({ reports }) => reports)).toEqual([819, 819])
  })

  test('says nothing of fewer than 50', async () => {
    const outcomes = await run({ visitors: 49 })
    expect(coverage(outcomes)).toEqual({ holding: 0, intervals: 0 })
    expect(outcomes[0]!.reports).toBe(49)
    expect((await run({ visitors: 50 }))[0]!.rows[0]).toHaveProperty('value')
  })

  test('a batch that was not counted ends it', async () => {
    const failing: Tally = { add: () => Promise.reject(new Error('gone')), publish: async () => [] }
    await expect(run({ tally: failing })).rejects.toThrow('gone')
  })
})

describe('what is posted', () => {
  test('is whole reports of 40 bytes, each with a nonce of its own, and holds nothing of the truth but the randomized bits', () => {
    const drawn = drawVisitors(metrics, 3, random())
    const planTag = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
    const body = encodeReports(drawn, metrics, { planTag, epoch: 2900 }, random())
    expect(body.length).toBe(6 * 40)
    const reports = drawn.map((_, index) => decodeReport(body.slice(index * 40, index * 40 + 40)))
    expect(reports.map(({ metric }) => metric)).toEqual([0, 2, 0, 2, 0, 2])
    expect(reports.every(({ epoch, group }) => epoch === 2900 && group === 0)).toBe(true)
    expect(reports.map(({ bits }) => bits)).toEqual(drawn.map(({ bits }) => bits))
    expect(new Set(reports.map(({ nonce }) => nonce.join())).size).toBe(6)
    expect(reports[0]!.planTag).toEqual(planTag)
  })
})

describe('what was published', () => {
  const bucket = (name: string, value: number) => ({ bucket: name, value, low: value - 1, high: value + 1 })
  const metric = { plan: 'ab', name: 'interest', counts: 'interest', title: 'T', epsilon: 1, coverage: 1 } as const
  const week = { epoch: 1, begins: '', ends: '' }

  test('is found by name, in the order of the buckets', () => {
    const groups = [{ group: '', reports: 100, buckets: [bucket('b', 2), bucket('a', 1)] }]
    const intervals = intervalsOf({ ...week, metrics: [{ ...metric, groups }] }, 'interest', ['a', 'b'])
    expect(intervals?.map(({ value }) => value)).toEqual([1, 2])
  })

  test('may be withheld, but not missing', () => {
    expect(intervalsOf({ ...week, metrics: [{ ...metric, withheld: 'fewer than 50 reports' }] }, 'interest', ['a'])).toBeUndefined()
    expect(() => intervalsOf({ ...week, metrics: [] }, 'interest', ['a'])).toThrow('interest')
    const groups = [{ group: '', reports: 100, buckets: [] }]
    expect(() => intervalsOf({ ...week, metrics: [{ ...metric, groups }] }, 'interest', ['a'])).toThrow('bucket a')
  })
})
