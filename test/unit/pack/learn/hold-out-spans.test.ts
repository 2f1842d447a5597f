import { expect, test } from 'vitest'
import { holdOutSpans } from '../../../../pack/learn/hold-out-spans'
import { makeLog } from '../../../support/make-log'

const DAY_MS = 86_400_000
const log = (sequences: readonly (readonly (readonly [item: number, day: number])[])[]) => ({
  ...makeLog(
    9,
    sequences.map((each) => each.map(([item]) => item)),
  ),
  times: Float64Array.from(sequences.flat(), ([, day]) => day * DAY_MS),
})
const OPTIONS = { excludesSeen: true }

test('asks what came first in each week, of who was there before it, and learns from what was before', () => {
  const spans = holdOutSpans(
    log([
      [
        [0, 0],
        [1, 0],
        [2, 80],
        [3, 95],
        [4, 95],
        [0, 95],
        [5, 99],
      ],
      [[6, 100]],
    ]),
    OPTIONS,
  )
  // The weeks begin on days 93, 86, 79 and 72; in the second and the last of them nobody did anything
  expect(spans.map(({ cases }) => cases.map(({ targets }) => [...targets]))).toEqual([[[3, 4]], [[2]]])
  const [latest, before] = spans
  expect([...latest!.log.items]).toEqual([0, 1, 2])
  expect([...latest!.log.starts]).toEqual([0, 3, 3])
  expect([...before!.log.items]).toEqual([0, 1])
  const { visit } = latest!.cases[0]!
  expect([...visit.items]).toEqual([0, 1, 2])
  expect(visit.now).toBe(95 * DAY_MS)
  expect(visit.sessionStart).toBe(2)
  expect(before!.cases[0]!.visit.sessionStart).toBe(0)
})

test('nothing that is learned from is as late as what is asked, nor is what a visit holds', () => {
  const sequences = Array.from({ length: 30 }, (_, visitor) =>
    Array.from({ length: 12 }, (_, step) => [(visitor + step) % 9, visitor / 10 + 5 * step] as const),
  )
  for (const { log: learned, cases } of holdOutSpans(log(sequences), { excludesSeen: false })) {
    const latest = learned.times!.reduce((most, time) => Math.max(most, time))
    for (const { visit } of cases) {
      expect(latest).toBeLessThan(visit.now!)
      expect(visit.times!.every((time) => time <= latest)).toBe(true)
    }
  }
})

test('a short log is held out by a fifth of its time', () => {
  const spans = holdOutSpans(log([Array.from({ length: 101 }, (_, step) => [step % 9, step / 10] as const)]), { excludesSeen: false })
  expect(spans.map(({ cases }) => cases[0]!.visit.now! / DAY_MS)).toEqual([9.5, 9, 8.5, 8])
})

test('only what is new is asked for, where what was seen is left out', () => {
  const again = log([
    [
      [0, 0],
      [0, 10],
    ],
    [[1, 11]],
  ])
  expect(holdOutSpans(again, OPTIONS)).toEqual([])
  expect(holdOutSpans(again, { excludesSeen: false })).toHaveLength(1)
})

test('what happened at one moment is asked about whole, and baggage comes along', () => {
  const both = {
    ...log([
      [
        [0, 0],
        [1, 0],
        [2, 100],
        [3, 100],
      ],
    ]),
    weights: Float32Array.of(1, 2, 3, 4),
    baskets: Int32Array.of(0, 0, 1, 1),
  }
  const [span] = holdOutSpans(both, OPTIONS)
  expect([...span!.cases[0]!.targets]).toEqual([2, 3])
  expect([...span!.cases[0]!.visit.weights!]).toEqual([1, 2])
  expect([...span!.log.weights!]).toEqual([1, 2])
  expect([...span!.log.baskets!]).toEqual([0, 0])
})

test('no time, no span; without times it cannot be asked', () => {
  expect(holdOutSpans(log([]), OPTIONS)).toEqual([])
  expect(
    holdOutSpans(
      log([
        [
          [0, 5],
          [1, 5],
        ],
      ]),
      OPTIONS,
    ),
  ).toEqual([])
  expect(() => holdOutSpans(makeLog(2, [[0, 1]]), OPTIONS)).toThrow('needs a log with times')
})
